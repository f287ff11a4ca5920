package dev.countersign.examples.server;

import java.util.List;

/**
 * A line to paste, and what it answers.
 *
 * @param what it shows
 * @param status of the answer
 * @param curl the line
 */
record Try(String what, int status, String curl) {
    /** Lines as they are printed. */
    static String text(List<Try> tries) {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        for (Try line : tries) {
            text.append("# ")
                    .append(line.status())
                    .append(": ")
                    .append(line.what())
                    .append(System.lineSeparator())
                    .append(line.curl())
                    .append(System.lineSeparator())
                    .append(System.lineSeparator());
        }
        return text.append("Stop with Ctrl-C.").toString();
    }
}
