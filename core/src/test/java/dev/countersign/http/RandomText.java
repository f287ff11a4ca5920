package dev.countersign.http;

import java.util.Random;

/** Strings made of the characters that matter to a grammar, and now and then of any other. */
final class RandomText {
    private RandomText() {}

    static String of(Random random, String alphabet, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(maxLength + 1); n > 0; n--) {
            text.append(
                    random.nextInt(20) == 0
                            ? (char) random.nextInt(0x10000)
                            : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
