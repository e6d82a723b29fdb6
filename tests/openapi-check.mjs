// Validates an OpenAPI document with a parser that is not ours; exit code 1 and the fault on standard error.
import SwaggerParser from '@apidevtools/swagger-parser';

try {
  await SwaggerParser.validate(process.argv[2]);
} catch (fault) {
  console.error(fault.message);
  process.exit(1);
}
