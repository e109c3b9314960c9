import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from './metrics.js';

const unknownRoute = 'none';

/**
 * Measures every request until its answer is handed over, under the pattern of its route: ids in
 * addresses would make a time series each, and some are personal.
 */
export function requestDurations(metrics: Metrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const end = metrics.registry.requestSeconds.startTimer({ method: request.method });
    response.once('close', () => {
      const { path = unknownRoute } = (request.route ?? {}) as { readonly path?: string };
      end({ route: path, status: String(response.statusCode) });
    });
    next();
  };
}
