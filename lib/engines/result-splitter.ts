import { OutboundProblem } from "@/lib/outbound/problem";

/** What stands around the series: status, type, warnings. More is no answer of an engine. */
const surroundingsAtMost = 64 * 1024;

/**
 * Cuts a Prometheus answer into its series while it arrives: each element of
 * `data.result` is handed over as text of its own, and what stands around them is
 * kept. Nothing is ever held but one element. Throws `too_many_points` when one is
 * larger than `elementAtMost` characters, `malformed` when the surroundings are.
 */
export class ResultSplitter {
  /** The answer with its list of series left empty. */
  surroundings = "";
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  /** The last text at the root and in `data`: a member's name, where a list follows. */
  private readonly names = ["", "", ""];
  private text = "";
  private isInside = false;
  private element = "";

  constructor(
    private readonly elementAtMost: number,
    private readonly onElement: (text: string) => void,
  ) {}

  push(chunk: string): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const wasInside = this.isInside;
      const ends = this.step(chunk.charCodeAt(at));
      if (!ends) continue;
      // Before the list opens its bracket belongs to the surroundings, as the closing one does.
      this.keep(chunk.slice(from, wasInside ? at : at + 1), wasInside);
      from = wasInside && this.isInside ? at + 1 : wasInside ? at : at + 1;
      if (wasInside) this.handOver();
    }
    this.keep(chunk.slice(from), this.isInside);
  }

  /** Takes one character; true where an element ends, or the list begins. */
  private step(code: number): boolean {
    if (this.isText) {
      this.stepInText(code);
      return false;
    }
    switch (code) {
      case quote:
        this.isText = true;
        this.text = "";
        return false;
      case openBracket:
      case openBrace:
        this.depth += 1;
        if (code === openBracket && this.isResult()) {
          this.isInside = true;
          return true;
        }
        return false;
      case closeBracket:
      case closeBrace:
        this.depth -= 1;
        if (this.isInside && this.depth === listDepth - 1) {
          this.isInside = false;
          return true;
        }
        return false;
      default:
        return code === comma && this.isInside && this.depth === listDepth;
    }
  }

  private stepInText(code: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (code === backslash) this.isEscaped = true;
    else if (code === quote) {
      this.isText = false;
      if (this.depth < this.names.length) this.names[this.depth] = this.text;
      return;
    }
    if (this.depth < listDepth && this.text.length < 10) this.text += String.fromCharCode(code);
  }

  private isResult(): boolean {
    return this.depth === listDepth && this.names[1] === "data" && this.names[2] === "result";
  }

  private keep(text: string, isOfElement: boolean): void {
    if (isOfElement) {
      this.element += text;
      if (this.element.length > this.elementAtMost)
        throw new OutboundProblem("too_many_points", "One series is larger than any graph needs.");
    } else {
      this.surroundings += text;
      if (this.surroundings.length > surroundingsAtMost)
        throw new OutboundProblem("malformed", "What it sent is no answer of an engine.");
    }
  }

  private handOver(): void {
    const element = this.element.trim();
    this.element = "";
    if (element !== "") this.onElement(element);
  }
}

/** `{"data":{"result":[`: two objects and the list. */
const listDepth = 3;
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
