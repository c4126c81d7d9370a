import { useEffect } from "react";
import { api, type Interview } from "../api";
import { warmRoom } from "../avatar/warm";
import { useText } from "../i18n";
import { go } from "../router";
import { UnknownPage } from "./MissingPage";
import { Room } from "./room/Room";
import { useSession } from "./room/useSession";
import { Shell } from "./Shell";
import { TroubleNotice } from "./TroubleNotice";
import { useLoad } from "./useLoad";
import { useTitle } from "./useTitle";

export function RoomPage({ id }: { id: string }) {
  const text = useText();
  const { data, trouble, reload } = useLoad(() => api.get(id), id);
  useTitle(data ? text.room.title(data.setup.role) : "");
  useEffect(() => warmRoom(id), [id]);
  const over = data?.state === "ended";
  useEffect(() => {
    if (over) go(`/interview/${id}`, "replace");
  }, [over, id]);

  if (trouble?.status === 404) return <UnknownPage />;
  if (data && !over) return <Open interview={data} />;
  return (
    <Shell>
      <div className="mx-auto w-full max-w-2xl pt-8">
        {trouble ? (
          <TroubleNotice trouble={trouble} onRetry={reload} />
        ) : (
          <p className="text-soft">{text.room.loading}</p>
        )}
      </div>
    </Shell>
  );
}

function Open({ interview }: { interview: Interview }) {
  const session = useSession(interview.id);
  return session && <Room session={session} interview={interview} />;
}
