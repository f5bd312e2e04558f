"""The features the network sees: the very MFCCs that vosk computes from conf/mfcc.conf."""

import kaldi_native_fbank as fbank
import numpy as np
from numpy.typing import NDArray

SIZE = 40
LOWEST_HZ, HIGHEST_HZ = 20, 7600
RATE = 16000
MFCC_CONF = f"""--use-energy=false
--num-mel-bins={SIZE}
--num-ceps={SIZE}
--low-freq={LOWEST_HZ}
--high-freq={HIGHEST_HZ}
--sample-frequency={RATE}
--dither=0
"""


def mfcc(samples: NDArray[np.floating]) -> NDArray[np.float32]:
    """(frames, SIZE) of mono samples at RATE in the range of int16; a frame every 10 ms."""
    options = fbank.MfccOptions()
    options.frame_opts.dither = 0
    options.frame_opts.samp_freq = RATE
    options.use_energy = False
    options.num_ceps = SIZE
    options.mel_opts.num_bins = SIZE
    options.mel_opts.low_freq = LOWEST_HZ
    options.mel_opts.high_freq = HIGHEST_HZ
    computer = fbank.OnlineMfcc(options)
    computer.accept_waveform(RATE, samples.tolist())
    computer.input_finished()
    return np.array([computer.get_frame(n) for n in range(computer.num_frames_ready)], np.float32).reshape(-1, SIZE)
