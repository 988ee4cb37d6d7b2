package dev.canyon;

import dev.canyon.cli.Cli;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Canyon: the echo listeners, the REST API and the health checks; or, with a command, the command alone. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CanyonApplication {

    public static void main(String[] args) {
        if (Cli.isMeantBy(args)) {
            System.exit(Cli.run(args));
        }
        SpringApplication.run(CanyonApplication.class, args);
    }
}
