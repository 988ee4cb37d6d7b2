package dev.canyon.api.dashboard;

import dev.canyon.definition.DefinitionFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@value #PATH}, from which the dashboard builds its forms: the fields of a definition, in their order, and those of
 * faults.
 */
final class DefinitionFieldsFile implements ResourceResolver {

    static final String PATH = "/app/definition.json";

    private final String defaultHost;
    private @Nullable Resource file;

    DefinitionFieldsFile(String defaultHost) {
        this.defaultHost = defaultHost;
    }

    /** Made for the first request, since a start does not need it. */
    private synchronized Resource file() {
        if (file == null) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put(
                    "fields",
                    DefinitionFields.all().stream().map(this::describe).toList());
            content.put("faults", FaultForm.describe());
            file = new JsonFile(JsonMapper.shared().writeValueAsBytes(content));
        }
        return file;
    }

    private Map<String, @Nullable Object> describe(DefinitionFields.Entry entry) {
        Map<String, @Nullable Object> form = FieldForm.describe(entry.path(), entry.field());
        form.put("protocol", entry.protocol() == null ? null : entry.protocol().toString());
        if (entry.path().equals("host")) {
            form.put("default", defaultHost);
        }
        return form;
    }

    @Override
    public Resource resolveResource(
            @Nullable HttpServletRequest request,
            String requestPath,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        return file();
    }

    @Override
    public @Nullable String resolveUrlPath(
            String resourcePath, List<? extends Resource> locations, ResourceResolverChain chain) {
        return null;
    }

    /** The name of a resource decides its content type. */
    private static final class JsonFile extends ByteArrayResource {

        private JsonFile(byte[] content) {
            super(content);
        }

        @Override
        public String getFilename() {
            return "definition.json";
        }
    }
}
