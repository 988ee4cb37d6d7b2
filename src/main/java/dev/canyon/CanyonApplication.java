package dev.canyon;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Canyon: the echo listeners, the REST API and the health checks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CanyonApplication {

    public static void main(String[] args) {
        SpringApplication.run(CanyonApplication.class, args);
    }
}
