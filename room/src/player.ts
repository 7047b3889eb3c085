// Playback of a reception: all halls in step on one UTC clock, straight from the recorders' files.
import "./player/player.css";
import { openPlayer } from "./player/page";

openPlayer();
