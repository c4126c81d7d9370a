import type { ReactNode } from "react";
import { Icon } from "../../ui/icons";

/** Something that opens on request; the arrow says so. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="inline-flex min-h-9 list-none items-center gap-1.5 rounded-md text-sm font-semibold text-accent underline-offset-4 hover:underline [&::-webkit-details-marker]:hidden">
        <Icon name="down" className="size-4 transition-transform group-open:rotate-180" />
        {title}
      </summary>
      {children}
    </details>
  );
}
