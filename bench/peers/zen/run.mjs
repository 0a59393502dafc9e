// Times the loan rule in @gorules/zen-engine: prints "<ns a call> <amount>".
import { readFileSync } from 'node:fs';
import { ZenEngine } from '@gorules/zen-engine';

const engine = new ZenEngine();
const decision = engine.createDecision(readFileSync(new URL('./loan.json', import.meta.url)));
const facts = JSON.parse(process.argv[2]);
let result;
const run = async (count) => {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) result = await decision.evaluate(facts);
  return Number(process.hrtime.bigint() - start) / count;
};
await run(2000);
const times = [];
for (let i = 0; i < 15; i++) times.push(await run(1000));
times.sort((a, b) => a - b);
console.log(Math.round(times[7]), result.result.amount);
