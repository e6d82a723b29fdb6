// node nodemailer.mjs PORT CONNECTIONS COUNT FILE: sends FILE as it is COUNT times over a pool; prints the seconds it took.
import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';

const [port, connections, count, file] = process.argv.slice(2);
const raw = readFileSync(file);
const transport = nodemailer.createTransport({
  pool: true, host: '127.0.0.1', port: Number(port), secure: false, ignoreTLS: true,
  maxConnections: Number(connections), maxMessages: Infinity,
});
const began = performance.now();
const one = (i) => transport.sendMail({ envelope: { from: 'maintenance@agence.example', to: `client${i}@client.example` }, raw });
await Promise.all(Array.from({ length: Number(count) }, (_, i) => one(i)));
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));
transport.close();
