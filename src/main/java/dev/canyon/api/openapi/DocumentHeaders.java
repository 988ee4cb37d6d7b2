package dev.canyon.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;

/** The response headers that the OpenAPI document describes once, and to which the operations refer. */
public final class DocumentHeaders {

    public static final String ETAG = "ETag";
    public static final String ETAG_REFERENCE = "#/components/headers/ETag";
    public static final String LOCATION = "Location";
    public static final String LOCATION_REFERENCE = "#/components/headers/Location";

    private DocumentHeaders() {}

    static void addTo(Components components) {
        components.addHeaders(ETAG, header("Version of the definition, for If-Match"));
        components.addHeaders(LOCATION, header("Path of the created resource"));
    }

    private static Header header(String description) {
        return new Header().description(description).required(true).schema(new Schema<String>().typesItem("string"));
    }
}
