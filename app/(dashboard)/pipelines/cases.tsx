import { Card } from "@/app/_ui/card";
import { formatCount, formatSeconds, plural } from "@/app/_ui/format";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { CaseAnswer, TestCasesAnswer } from "@/lib/http/pipeline-answers";

const shownAtMost = 12;

/** The single tests that cost the most: by failing, and by taking long. */
export function Cases({ found }: { found: TestCasesAnswer }) {
  const newest = (
    <span className="text-sm text-muted">of the newest {plural(found.runs, "run")}</span>
  );
  return (
    <div className="grid items-start gap-3 xl:grid-cols-2">
      <Card title="Tests that fail most" aside={newest}>
        <CaseTable
          label="Tests that fail most"
          cases={found.failing}
          figures={[
            { name: "Failed", of: ({ failed }) => formatCount(failed) },
            { name: "Flaky", of: ({ flaky }) => formatCount(flaky) },
          ]}
          empty="No test has failed by name"
        />
      </Card>
      <Card title="Slowest tests" aside={newest}>
        <CaseTable
          label="Slowest tests"
          cases={found.slowest}
          figures={[
            { name: "p50", of: ({ p50Seconds }) => formatSeconds(p50Seconds) },
            { name: "Longest", of: ({ longestSeconds }) => formatSeconds(longestSeconds) },
            { name: "n", of: ({ n }) => formatCount(n) },
          ]}
          empty="No test's time is known"
        />
      </Card>
    </div>
  );
}

function CaseTable({
  label,
  cases,
  figures,
  empty,
}: {
  label: string;
  cases: CaseAnswer[];
  figures: { name: string; of: (each: CaseAnswer) => string }[];
  empty: string;
}) {
  if (cases.length === 0)
    return (
      <Empty title={empty}>Reports in JUnit XML bring the names of failed and slow tests.</Empty>
    );
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Head>Test</Head>
          {figures.map(({ name }) => (
            <Head key={name} className="text-right">
              {name}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {cases.slice(0, shownAtMost).map((each) => (
          <tr key={`${each.repository} ${each.suite} ${each.name}`} className="hover:bg-sunken">
            <Cell className="[overflow-wrap:anywhere]">
              {each.name}
              <span className="block text-sm text-muted">
                {each.repository}
                {each.suite && ` · ${each.suite}`}
              </span>
            </Cell>
            {figures.map(({ name, of }) => (
              <Cell key={name} className="text-right whitespace-nowrap tabular">
                {of(each)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
