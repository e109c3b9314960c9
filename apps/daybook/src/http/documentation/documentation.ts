import type { INestApplication } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { anyProblem } from './api-problems.js';

/** Serves the description of the API, OpenAPI 3.1, at /openapi.json and as a page at /docs, where / leads. */
export function serveDocumentation(application: INestApplication): void {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Daybook')
    .setDescription(
      'The event-sourced order lifecycle ledger. Every refusal is an RFC 9457 problem whose `code` is explained at /problems.',
    )
    .setVersion('1')
    .build();
  SwaggerModule.setup(
    'docs',
    application,
    () => withAnyProblem(SwaggerModule.createDocument(application, description)),
    {
      jsonDocumentUrl: 'openapi.json',
      customSiteTitle: 'Daybook API',
    },
  );
  application.getHttpAdapter().get('/', (_request: Request, response: Response) => {
    response.redirect('/docs');
  });
}

const methods = ['get', 'post'] as const;

/** Gives every operation the problem that any of them may answer. */
function withAnyProblem(document: OpenAPIObject): OpenAPIObject {
  const reference = { $ref: '#/components/responses/Problem' };
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const operations = methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const responses = { ...operation.responses, default: reference };
      return [[method, { ...operation, responses }] as const];
    });
    return [path, { ...item, ...Object.fromEntries(operations) }] as const;
  });
  const responses = { ...document.components?.responses, Problem: anyProblem };
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, responses },
  };
}
