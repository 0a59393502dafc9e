// Times all rules of W60 over some rows in @gorules/zen-engine: reads {decision, rows}, prints {seconds, counts, sums}.
import { readFileSync } from 'node:fs';
import { ZenEngine } from '@gorules/zen-engine';

const { decision, rows } = JSON.parse(readFileSync(0));
const engine = new ZenEngine();
const content = engine.createDecision(Buffer.from(JSON.stringify(decision)));
const rules = decision.nodes[1].content.expressions.length;
const counts = new Array(rules).fill(0);
const sums = new Array(rules).fill(0);
await content.evaluate(rows[0]);
const start = process.hrtime.bigint();
for (const row of rows) {
  const { result } = await content.evaluate(row);
  for (let i = 0; i < rules; i++)
    if (result[`r${i}`] != null) {
      counts[i]++;
      sums[i] += Number(result[`r${i}`]);
    }
}
console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - start) / 1e9, counts, sums }));
