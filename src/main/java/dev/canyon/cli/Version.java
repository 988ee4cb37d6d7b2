package dev.canyon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the build. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "canyon " + buildVersion() + " on Java " + System.getProperty("java.version") + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    private static String buildVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream properties = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (properties != null) {
                build.load(properties);
            }
        }
        return build.getProperty("build.version", "(unknown version)");
    }
}
