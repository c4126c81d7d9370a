import type { ReactNode } from "react";

interface Props {
  title: string;
  fix?: string;
  tone?: "plain" | "warning";
  children?: ReactNode;
}

/** What happened, in one sentence, and how to mend it in the next. */
export function Notice({ title, fix, tone = "warning", children }: Props) {
  const colours = tone === "warning" ? "border-coral bg-coral-wash" : "border-accent bg-accent-wash";
  return (
    <div
      role={tone === "warning" ? "alert" : undefined}
      className={`rounded-r-lg border-l-3 px-4 py-3 ${colours}`}
    >
      <p className="font-semibold">{title}</p>
      {fix && <p className="text-sm">{fix}</p>}
      {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
