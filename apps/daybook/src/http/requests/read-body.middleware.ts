import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../problems/problem.js';
import { parseJsonBytes } from './json-text.js';
import { batchBodyBytesMax, eventBodyBytesMax, readRequestBody } from './request-body.js';

/** Gives the handler of events the bytes as they came: they are evidence. */
export async function readRawBody(
  request: Request,
  _response: Response,
  next: NextFunction,
): Promise<void> {
  if (request.method === 'POST') request.body = await readRequestBody(request, batchBodyBytesMax);
  next();
}

/** Gives the handlers of commands the JSON value of the body. */
export async function readJsonBody(
  request: Request,
  _response: Response,
  next: NextFunction,
): Promise<void> {
  if (request.method === 'POST') {
    const body = await readRequestBody(request, eventBodyBytesMax);
    if (body.outcome === 'too_large') {
      const detail = `A command may have ${eventBodyBytesMax} bytes, this one has more.`;
      throw new ProblemError({ code: 'body_too_large', detail });
    }
    const parsed = parseJsonBytes(body.bytes);
    if (parsed.outcome === 'refused') {
      throw new ProblemError({ code: parsed.code, detail: parsed.message });
    }
    request.body = parsed.value;
  }
  next();
}
