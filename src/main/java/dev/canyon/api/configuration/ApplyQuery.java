package dev.canyon.api.configuration;

import dev.canyon.api.http.QueryParameters;
import dev.canyon.api.json.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * How a document is applied.
 *
 * @param dryRun only return the plan
 * @param prune also delete what the document lacks
 */
record ApplyQuery(boolean dryRun, boolean prune) {

    private static final List<String> KNOWN = List.of("dryRun", "prune");

    /** @throws dev.canyon.api.problem.InvalidRequestException with every invalid parameter */
    static ApplyQuery of(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, KNOWN, faults);
        ApplyQuery query = new ApplyQuery(flag("dryRun", parameters, faults), flag("prune", parameters, faults));
        faults.throwIfAny();
        return query;
    }

    private static boolean flag(String name, MultiValueMap<String, String> parameters, Faults faults) {
        @Nullable String value = parameters.getFirst(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            faults.add(name, "must be true or false, not '" + value + "'");
        }
        return "true".equals(value);
    }
}
