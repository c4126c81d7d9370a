import { type DragEvent, useRef, useState } from "react";
import type { DocumentRole } from "../../api";
import { useText } from "../../i18n";
import { Button } from "../../ui/Button";
import { droppedFiles, usable } from "./files";
import { PasteText } from "./PasteText";

const ACCEPT = ".pdf,.docx,.docm,.txt,.md,application/pdf,text/plain";

interface Props {
  kind: DocumentRole;
  /** Whether there is one already, which the next replaces. */
  filled: boolean;
  labelledBy: string;
  onFiles: (files: readonly File[]) => void;
}

/** Where files are dropped, picked, or their text pasted. Everything can be done by keyboard. */
export function DropZone({ kind, filled, labelledBy, onFiles }: Props) {
  const words = useText().prepare;
  const many = kind === "company";
  const [over, setOver] = useState(false);
  const [remark, setRemark] = useState("");
  const [pasting, setPasting] = useState(false);
  const depth = useRef(0);
  const zone = useRef<HTMLElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const give = (files: readonly File[], wasFolder = false) => {
    setRemark(
      wasFolder && files.length === 0 ? words.nothingUsable : !many && files.length > 1 ? words.onlyOne : "",
    );
    onFiles(many ? files : files.slice(0, 1));
  };
  const stopPasting = () => {
    setPasting(false);
    requestAnimationFrame(() => zone.current?.querySelector<HTMLElement>("[data-paste]")?.focus());
  };
  const drag = (by: number) => (event: DragEvent) => {
    event.preventDefault();
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const { files, folder: wasFolder } = await droppedFiles(event.dataTransfer);
    give(files, wasFolder);
  };

  return (
    <section
      ref={zone}
      aria-labelledby={labelledBy}
      data-drop={kind}
      onDragEnter={drag(1)}
      onDragOver={(event) => event.preventDefault()}
      onDragLeave={drag(-1)}
      onDrop={drop}
      className={`rounded-xl border border-dashed p-3 transition-colors ${over ? "border-accent bg-accent-wash" : "border-edge/60"}`}
    >
      {pasting && kind !== "company" ? (
        <PasteText
          kind={kind}
          onClose={stopPasting}
          onText={(file) => {
            stopPasting();
            give([file]);
          }}
        />
      ) : (
        <>
          {!filled && (
            <p aria-hidden="true" className="mb-2 text-sm text-soft max-lg:hidden">
              {over ? words.letGo : many ? words.dropMany : words.drop}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button size="small" aria-describedby={labelledBy} onClick={() => picker.current?.click()}>
              {many ? words.chooseMany : filled ? words.another : words.choose}
            </Button>
            {many ? (
              <Button
                size="small"
                tone="bare"
                aria-describedby={labelledBy}
                className="max-sm:hidden"
                onClick={() => folder.current?.click()}
              >
                {words.chooseFolder}
              </Button>
            ) : (
              <Button
                size="small"
                tone="bare"
                aria-describedby={labelledBy}
                data-paste
                onClick={() => setPasting(true)}
              >
                {words.paste}
              </Button>
            )}
          </div>
        </>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept={ACCEPT}
        multiple={many}
        onChange={(event) => {
          give([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {many && (
        <input
          ref={folder}
          type="file"
          hidden
          // React does not know this attribute's type; every browser on a desktop knows the attribute.
          {...{ webkitdirectory: "" }}
          onChange={(event) => {
            give(usable([...(event.target.files ?? [])]), true);
            event.target.value = "";
          }}
        />
      )}
      <p role="status" className={remark ? "mt-2 text-sm" : "sr-only"}>
        {remark}
      </p>
    </section>
  );
}
