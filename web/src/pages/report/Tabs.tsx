import { type KeyboardEvent, useRef } from "react";
import { useText } from "../../i18n";

export type TabName = "report" | "transcript";
const NAMES: TabName[] = ["report", "transcript"];

export const panelId = (name: TabName) => `panel-${name}`;
const tabId = (name: TabName) => `tab-${name}`;

/** What the panel of a tab has to say about itself. */
export const panelProps = (name: TabName) => ({
  id: panelId(name),
  role: "tabpanel",
  "aria-labelledby": tabId(name),
});

/** Report and transcript. The choice stands in the address, so that going back leads back. */
export function Tabs({ chosen }: { chosen: TabName }) {
  const { tabs } = useText().report;
  const list = useRef<HTMLDivElement>(null);
  const choose = (name: TabName) => {
    if (name !== chosen) location.hash = name;
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = NAMES[(NAMES.indexOf(chosen) + step + NAMES.length) % NAMES.length];
    if (!next) return;
    choose(next);
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={tabs.label}
      onKeyDown={move}
      className="mb-8 flex gap-6 border-b border-line"
    >
      {NAMES.map((name) => (
        <button
          key={name}
          id={tabId(name)}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          aria-controls={panelId(name)}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => choose(name)}
          className="-mb-px min-h-11 border-b-2 border-transparent font-medium text-soft hover:text-ink aria-selected:border-accent aria-selected:text-ink"
        >
          {tabs[name]}
        </button>
      ))}
    </div>
  );
}
