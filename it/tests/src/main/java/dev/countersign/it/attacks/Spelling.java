package dev.countersign.it.attacks;

import java.util.ArrayList;
import java.util.List;

/** Other ways to write a path. */
final class Spelling {
    private Spelling() {}

    /** The path with a text in front of one of its slashes, or at its end; one for each place. */
    static List<String> inserting(String path, String... texts) {
        List<String> all = new ArrayList<>();
        for (String text : texts) {
            for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
                // A request line begins its path with a slash.
                if (i > 0 || text.startsWith("/")) {
                    all.add(path.substring(0, i) + text + path.substring(i));
                }
            }
            all.add(path + text);
        }
        return all;
    }

    /** The path with a text behind one of its slashes; one for each. */
    static List<String> behindSlashes(String path, String... texts) {
        List<String> all = new ArrayList<>();
        for (String text : texts) {
            for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
                all.add(path.substring(0, i + 1) + text + path.substring(i + 1));
            }
        }
        return all;
    }

    /** The path with a text instead of one of its slashes but the first; one for each. */
    static List<String> insteadOfSlashes(String path, String... texts) {
        List<String> all = new ArrayList<>();
        for (String text : texts) {
            for (int i = path.indexOf('/', 1); i >= 0; i = path.indexOf('/', i + 1)) {
                all.add(path.substring(0, i) + text + path.substring(i + 1));
            }
        }
        return all;
    }

    /** The path with the first letter of one of its segments written in another way; one for each. */
    static List<String> firstLetters(String path, Letter letter) {
        List<String> all = new ArrayList<>();
        for (int i = path.indexOf('/'); i >= 0 && i + 1 < path.length(); i = path.indexOf('/', i + 1)) {
            all.add(path.substring(0, i + 1) + letter.written(path.charAt(i + 1)) + path.substring(i + 2));
        }
        return all;
    }

    /** How one letter is written. */
    @FunctionalInterface
    interface Letter {
        /** The letter in another way. */
        String written(char letter);
    }
}
