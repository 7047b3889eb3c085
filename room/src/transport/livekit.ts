// The only module that knows livekit-client.
import {
  ConnectionQuality,
  DisconnectReason,
  LocalTrackPublication,
  LogLevel,
  type RemoteParticipant,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  type TrackPublishOptions,
  VideoPresets,
  VideoQuality,
} from "livekit-client";
import { type HallKey, hallOf } from "../contract";
import type { Presence } from "../halls";
import { ENGINE_RETRIES_MS, type Loss } from "../retry";
import { NOTHING, type Quality, type Wish } from "../subscriptions";
import { readFigures } from "./figures";
import type { Figures, MakeTransport, OwnSource, Transport, TransportEvents } from "./transport";

setLogLevel(LogLevel.error);

const SOURCES: Record<OwnSource, Track.Source> = { camera: Track.Source.Camera, microphone: Track.Source.Microphone };
const PROTOCOL_SOURCES: Record<OwnSource, number> = { camera: 1, microphone: 2 };
const LAYERS: Record<Quality, VideoQuality> = {
  low: VideoQuality.LOW,
  medium: VideoQuality.MEDIUM,
  high: VideoQuality.HIGH,
};

/** What recorder and halls count on: VP8 in three sizes; plain Opus, sent in silence too so that the record keeps growing. */
const PUBLISHING: Record<OwnSource, TrackPublishOptions> = {
  camera: {
    source: Track.Source.Camera,
    videoCodec: "vp8",
    simulcast: true,
    videoEncoding: { maxBitrate: 1_500_000, maxFramerate: 25 },
    videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
    backupCodec: false,
    degradationPreference: "maintain-resolution",
  },
  microphone: {
    source: Track.Source.Microphone,
    red: false,
    dtx: false,
    forceStereo: false,
    audioPreset: { maxBitrate: 40_000 },
  },
};

export const makeLiveKit: MakeTransport = (events) => {
  const room = new Room({
    // Subscriptions and sizes are decided by subscriptions.ts, not by the elements on the page.
    adaptiveStream: false,
    dynacast: true,
    stopLocalTrackOnUnpublish: false,
    disconnectOnPageLeave: true,
    singlePeerConnection: false,
    reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => ENGINE_RETRIES_MS[retryCount] ?? null },
  });
  let wished: Wish = NOTHING;
  const apply = () => applyWish(room, wished);
  listen(room, events, apply);
  const own = (source: OwnSource) => room.localParticipant.getTrackPublication(SOURCES[source]);

  const transport: Transport = {
    connect: (url, token) =>
      room.connect(url, token, {
        autoSubscribe: false,
        maxRetries: 0,
        websocketTimeout: 5_000,
        peerConnectionTimeout: 8_000,
      }),
    leave: () => room.disconnect(false),
    note: () => room.metadata ?? "",
    halls: () => presences(room),
    want(wish) {
      wished = wish;
      apply();
    },
    picture: (hall) => remoteTrack(room, hall, Track.Source.Camera),
    sound: (hall) => remoteTrack(room, hall, Track.Source.Microphone),
    mayPublish(source) {
      const rights = room.localParticipant.permissions;
      if (!rights?.canPublish) return false;
      const sources: number[] = rights.canPublishSources;
      return sources.length === 0 || sources.includes(PROTOCOL_SOURCES[source]);
    },
    published: (source) => own(source)?.track?.mediaStreamTrack ?? null,
    async publish(source, track) {
      await room.localParticipant.publishTrack(track, PUBLISHING[source]);
    },
    async withdraw(source) {
      const track = own(source)?.track;
      if (track) await room.localParticipant.unpublishTrack(track, false);
    },
    async mute(muted) {
      const publication = own("microphone");
      if (publication instanceof LocalTrackPublication) await (muted ? publication.mute() : publication.unmute());
    },
    figures: () => allFigures(room),
  };
  return transport;
};

function listen(room: Room, events: TransportEvents, apply: () => void): void {
  const changed = () => events.changed();
  const published = () => {
    apply();
    events.changed();
  };
  room
    .on(RoomEvent.RoomMetadataChanged, (text: string) => events.note(text))
    .on(RoomEvent.ParticipantConnected, published)
    .on(RoomEvent.ParticipantDisconnected, published)
    .on(RoomEvent.TrackPublished, published)
    .on(RoomEvent.TrackUnpublished, changed)
    .on(RoomEvent.TrackSubscribed, changed)
    .on(RoomEvent.TrackUnsubscribed, changed)
    .on(RoomEvent.TrackMuted, changed)
    .on(RoomEvent.TrackUnmuted, changed)
    .on(RoomEvent.LocalTrackPublished, changed)
    .on(RoomEvent.LocalTrackUnpublished, changed)
    .on(RoomEvent.ParticipantPermissionsChanged, changed)
    .on(RoomEvent.ActiveSpeakersChanged, changed)
    .on(RoomEvent.ConnectionQualityChanged, changed)
    .on(RoomEvent.Reconnecting, () => events.interrupted())
    .on(RoomEvent.SignalReconnecting, () => events.interrupted())
    .on(RoomEvent.Reconnected, () => {
      apply();
      events.note(room.metadata ?? "");
      events.resumed();
    })
    .on(RoomEvent.Disconnected, (reason?: DisconnectReason) => events.lost(lossOf(reason)));
}

function lossOf(reason: DisconnectReason | undefined): Loss {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return "left";
    case DisconnectReason.DUPLICATE_IDENTITY:
      return "replaced";
    case DisconnectReason.PARTICIPANT_REMOVED:
      return "removed";
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return "room-gone";
    case DisconnectReason.SERVER_SHUTDOWN:
    case DisconnectReason.STATE_MISMATCH:
      return "server";
    default:
      return "network";
  }
}

/** One participant for each hall. After a take-over both machines may be seen for a moment: the later one counts. */
function participants(room: Room): Map<HallKey, RemoteParticipant> {
  const found = new Map<HallKey, RemoteParticipant>();
  for (const participant of room.remoteParticipants.values()) {
    const hall = hallOf(participant.identity);
    if (!hall) continue;
    const other = found.get(hall);
    if (!other || (participant.joinedAt ?? 0) >= (other.joinedAt ?? 0)) found.set(hall, participant);
  }
  return found;
}

function publicationOf(room: Room, hall: HallKey, source: Track.Source): RemoteTrackPublication | undefined {
  return participants(room).get(hall)?.getTrackPublication(source);
}

function remoteTrack(room: Room, hall: HallKey, source: Track.Source): MediaStreamTrack | null {
  const publication = publicationOf(room, hall, source);
  return publication?.isSubscribed ? (publication.track?.mediaStreamTrack ?? null) : null;
}

function presences(room: Room): Map<HallKey, Presence> {
  const halls = new Map<HallKey, Presence>();
  const everyone = [...participants(room)].map(([hall, one]) => [hall, one] as const);
  const ownHall = hallOf(room.localParticipant.identity);
  for (const [hall, one] of ownHall ? [...everyone, [ownHall, room.localParticipant] as const] : everyone) {
    const microphone = one.getTrackPublication(Track.Source.Microphone);
    const camera = one.getTrackPublication(Track.Source.Camera);
    halls.set(hall, {
      identity: one.identity,
      camera: !!camera && !camera.isMuted,
      microphone: !microphone ? "none" : microphone.isMuted ? "muted" : "live",
      weak: one.connectionQuality === ConnectionQuality.Poor || one.connectionQuality === ConnectionQuality.Lost,
      speaking: one.isSpeaking,
    });
  }
  return halls;
}

function applyWish(room: Room, wish: Wish): void {
  const chosen = participants(room);
  for (const participant of room.remoteParticipants.values()) {
    const hall = hallOf(participant.identity);
    const counts = hall !== null && chosen.get(hall) === participant;
    for (const publication of participant.trackPublications.values()) {
      const quality = counts && publication.source === Track.Source.Camera ? wish.pictures.get(hall) : undefined;
      const heard = counts && publication.source === Track.Source.Microphone && wish.sounds.has(hall);
      const wanted = quality !== undefined || heard;
      if (publication.isDesired !== wanted) publication.setSubscribed(wanted);
      if (quality) publication.setVideoQuality(LAYERS[quality]);
    }
  }
}

async function allFigures(room: Room): Promise<Map<HallKey, Figures>> {
  const figures = new Map<HallKey, Figures>();
  for (const [hall, participant] of participants(room)) {
    const receiver = participant.getTrackPublication(Track.Source.Camera)?.track?.receiver;
    if (receiver) figures.set(hall, await readFigures(receiver));
  }
  return figures;
}
