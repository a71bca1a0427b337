import { Refusal } from '../../wire/refusal.ts';

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
} as const;

/** IAM's own error document: `{"error":{"code":401,"message":"…","title":"Unauthorized"}}`. */
export function refused(status: keyof typeof titles, message: string): Refusal {
  return new Refusal('', message, { status, members: { error: { code: status, message, title: titles[status] } } });
}

export function invalidBody(): Refusal {
  return refused(400, 'The request body is invalid');
}

/** Also for every way to sign in that is not offered. */
export function wrongPassword(): Refusal {
  return refused(401, 'The username or password is wrong.');
}
