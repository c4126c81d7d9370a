import { useText } from "../i18n";
import { Link } from "../router";
import { buttonClass } from "../ui/Button";
import { Mark } from "./Mark";
import { Shell } from "./Shell";
import { useTitle } from "./useTitle";

/** An address that leads nowhere. */
export function MissingPage() {
  const { missing } = useText();
  return <Nothing title={missing.title} lead={missing.lead} href="/" next={missing.home} />;
}

/** An interview that was deleted or is somebody else's. */
export function UnknownPage() {
  const { missing } = useText();
  return <Nothing title={missing.unknown} lead={missing.unknownLead} href="/past" next={missing.past} />;
}

interface Props {
  title: string;
  lead: string;
  href: string;
  next: string;
}

function Nothing({ title, lead, href, next }: Props) {
  useTitle(title);
  return (
    <Shell>
      <div className="tiled relative isolate m-auto w-full max-w-2xl py-24 text-center">
        <Mark className="mx-auto mb-6 size-16" />
        <h1 data-page-heading tabIndex={-1} className="text-3xl outline-none">
          {title}
        </h1>
        <p className="mt-3 mb-8 text-soft">{lead}</p>
        <Link href={href} className={buttonClass("primary")}>
          {next}
        </Link>
      </div>
    </Shell>
  );
}
