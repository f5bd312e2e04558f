// The bell. Browsers let a page ring only after someone has pressed something on it.
import { $ } from "./dom.js";
import { say } from "./words.js";

let audio = null;

export function turnSoundOn() {
  audio ??= new AudioContext();
  audio.onstatechange = drawSound;
  audio.resume();
}

export function drawSound() {
  const isOn = audio?.state === "running";
  $("sound").textContent = say(isOn ? "sound_on" : "sound_off");
  $("sound").classList.toggle("off", !isOn);
}

export function ring() {
  if (audio?.state !== "running") return;
  [880, 660].forEach((pitch, turn) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const begins = audio.currentTime + turn * 0.35;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.33);
    tone.connect(volume).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + 0.34);
  });
}
