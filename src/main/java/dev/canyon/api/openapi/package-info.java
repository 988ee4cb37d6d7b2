/**
 * How the API describes itself: the OpenAPI document and Swagger UI. Start reading at {@code OpenApiConfiguration}; the
 * words for each call stand beside it, in the interfaces that the controllers implement.
 */
@NullMarked
package dev.canyon.api.openapi;

import org.jspecify.annotations.NullMarked;
