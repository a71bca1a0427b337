/** Every operation of this front: what the SDKs and Terraform call on their own. */
import { checkToken } from './check-token.ts';
import { createToken } from './create-token.ts';
import { deleteToken } from './delete-token.ts';
import { listAuthDomains } from './list-auth-domains.ts';
import { listProjects } from './list-projects.ts';
import { showToken } from './show-token.ts';

export const operations = [createToken, showToken, checkToken, deleteToken, listAuthDomains, listProjects];
