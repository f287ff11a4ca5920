package dev.countersign.benchmarks.spring;

import dev.countersign.benchmarks.app.Material;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.springframework.security.crypto.password.PasswordEncoder;

/** SHA-256, as if the dear hash had been checked a moment ago. */
final class CheapPasswordEncoder implements PasswordEncoder {
    @Override
    public String encode(CharSequence password) {
        return HexFormat.of().formatHex(Material.sha256(password.toString()));
    }

    @Override
    public boolean matches(CharSequence password, String encoded) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(encoded), Material.sha256(password.toString()));
    }
}
