"use client";

import { BookOpen } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { useOrigin } from "@/app/_ui/use-origin";
import type { SourceAnswer } from "@/lib/http/settings-answers";
import { givenOf } from "./given";
import { Steps } from "./steps";

/** The steps of a source that is there already; its secret is shown nowhere any more. */
const secretShown = "YOUR-SECRET";

export function ShowSteps({ source }: { source: SourceAnswer }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        aria-label={`How to connect ${source.name}`}
        onClick={() => setOpen(true)}
      >
        <BookOpen aria-hidden="true" size={14} /> Connect
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`How to connect ${source.name}`}>
        <ShownSteps source={source} />
      </Dialog>
    </>
  );
}

/** Made when it is opened, so that an example is of now. */
function ShownSteps({ source }: { source: SourceAnswer }) {
  const origin = useOrigin();
  const [at] = useState(() => new Date().toISOString());
  return (
    <div className="space-y-3">
      <p className="text-muted">
        Put its secret in the place of {secretShown}. If it is lost, rotate it: it is shown once.
      </p>
      <Steps provider={source.provider} given={givenOf(source, origin, secretShown, at)} />
    </div>
  );
}
