package dev.canyon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this is, as it was built. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "canyon " + built() + " on Java " + System.getProperty("java.version") + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    private static String built() throws IOException {
        Properties build = new Properties();
        try (InputStream written = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (written != null) {
                build.load(written);
            }
        }
        return build.getProperty("build.version", "of no known version");
    }
}
