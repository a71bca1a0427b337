/** `node src/app/main.ts`: the server and nothing else. */
import { serve } from './serve.ts';

await serve(process.env);
