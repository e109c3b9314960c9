import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the description of the API, OpenAPI 3.1, at /openapi.json and as a page at /docs. */
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
    () => SwaggerModule.createDocument(application, description),
    {
      jsonDocumentUrl: 'openapi.json',
      customSiteTitle: 'Daybook API',
    },
  );
}
