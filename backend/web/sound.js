// The bell, for this device: muted or not is kept here. Browsers let a page ring only after someone has pressed something on it.
import { $ } from "./dom.js";
import { say } from "./words.js";

const MUTED = "muted";
const TONE_S = 0.34;

let audio = null;

export const isMuted = () => localStorage.getItem(MUTED) === "yes";
export const isAudible = () => audio?.state === "running" && !isMuted();

export function turnSoundOn() {
  audio ??= Object.assign(new AudioContext(), { onstatechange: drawSound });
  audio.resume();
}

export function toggleSound() {
  const isOn = isAudible();
  localStorage.setItem(MUTED, isOn ? "yes" : "no");
  if (!isOn) turnSoundOn();
  drawSound();
}

export function drawSound() {
  const word = isMuted() ? "sound_muted" : isAudible() ? "sound_on" : "sound_off";
  if ($("sound").textContent !== say(word)) $("sound").textContent = say(word);
  $("sound").classList.toggle("off", !isAudible());
}

// `level`: how urgent, 0 to 2; the more urgent, the louder and longer.
export function ring(level = 0) {
  const pitches = [[880, 660], [880, 660, 880, 660], [988, 740, 988, 740, 988, 740]][level];
  play(pitches, [0.25, 0.5, 0.9][level]);
  if (!isMuted()) navigator.vibrate?.(pitches.map(() => 220));
}

export const ringLost = () => play([440, 330], 0.4);

function play(pitches, loudness) {
  if (!isAudible()) return;
  pitches.forEach((pitch, turn) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const begins = audio.currentTime + turn * TONE_S;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(loudness, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + TONE_S - 0.01);
    tone.connect(volume).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + TONE_S);
  });
}
