// The plugin on PHP 7.4 itself, which is not in Debian: the build for WebAssembly that WordPress Playground uses.
// Every class is compiled and loaded there beside stand-ins for what WordPress and WooCommerce bring, and php74.php tries what needs neither.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../../package.json', import.meta.url));
const { getPHPLoaderModule } = require('@php-wasm/node-7-4');
const { PHP, loadPHPRuntime } = require('@php-wasm/universal');

const plugin = process.argv[2];
const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));

const copy = (from, to) => {
  php.mkdir(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copy(join(from, entry.name), `${to}/${entry.name}`);
    else if (entry.name.endsWith('.php')) php.writeFile(`${to}/${entry.name}`, readFileSync(join(from, entry.name)));
  }
};
copy(plugin, '/plugin');
php.writeFile('/php74.php', readFileSync(new URL('php74.php', import.meta.url)));

php.writeFile('/functions.json', execFileSync('php', ['-r', 'echo json_encode(get_defined_functions()["internal"]);']));

const { text, errors, exitCode } = await php.run({ scriptPath: '/php74.php' });
console.log(text.trim());
if (errors) console.error(errors);
process.exit(exitCode === 0 && !errors && /^PHP 7\.4\.\d+: [1-9]\d* files, [1-9]\d* checks$/m.test(text) ? 0 : 1);
