import { createHash, timingSafeEqual } from 'node:crypto';
import { status, type Metadata, type ServerErrorResponse } from '@grpc/grpc-js';
import { errorResponse } from './open-calls.js';
import { accessDenied } from './refusals.js';

/** The only user there is. */
const USER = 'admin';

/** Tells why a call may not be answered, from the headers it came with. */
export type Authentication = (metadata: Metadata) => ServerErrorResponse | undefined;

/** Without TLS the client sends no credentials, so whoever reaches the port is the administrator. */
export const withoutAuthentication: Authentication = () => undefined;

/** Demands the administrator's password by HTTP's Basic scheme (RFC 7617). */
export function passwordAuthentication(adminPassword: string): Authentication {
  const expected = digest(`${USER}:${adminPassword}`);
  return (metadata) => {
    const [header] = metadata.get('authorization');
    if (header === undefined) return accessDenied('the event store wants the user admin');
    const [scheme, credentials] = String(header).split(' ');
    const given = digest(Buffer.from(credentials ?? '', 'base64').toString('utf8'));
    const isAdmin = scheme?.toLowerCase() === 'basic' && timingSafeEqual(given, expected);
    if (isAdmin) return undefined;
    return errorResponse(status.UNAUTHENTICATED, 'the user name or the password is wrong');
  };
}

/** Of equal length whatever was given, so that the comparison takes equally long. */
function digest(credentials: string): Buffer {
  return createHash('sha256').update(credentials).digest();
}
