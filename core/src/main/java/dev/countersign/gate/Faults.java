package dev.countersign.gate;

/** Describes an unexpected exception for the log by its kind and place: its message may quote a credential. */
final class Faults {
    private static final int MAX_CAUSES = 5;
    private static final int MAX_FRAMES = 8;

    private Faults() {}

    static String describe(Throwable fault) {
        StringBuilder text = new StringBuilder();
        Throwable current = fault;
        for (int i = 0; current != null && i < MAX_CAUSES; i++) {
            text.append(i == 0 ? "" : ", caused by ").append(current.getClass().getName());
            StackTraceElement[] frames = current.getStackTrace();
            for (int f = 0; f < Math.min(MAX_FRAMES, frames.length); f++) {
                text.append(f == 0 ? " at " : " < ").append(frames[f]);
            }
            current = current.getCause();
        }
        return text.toString();
    }
}
