using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Versions;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Reads the document of kind Policy.</summary>
internal static class PolicyReader
{
    public static PolicySource? Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        var before = diagnostics.Count;
        if (Section.Open(file, root, "A policy", diagnostics, PolicyForm.Document.Names) is not { } document) return null;
        var metadata = document.Map("metadata", PolicyForm.Metadata.Names);
        var spec = document.Map("spec", PolicyForm.Spec.Names);
        if (metadata is null || spec is null) return null;

        var (name, version) = Identity(file, metadata);
        var parameters = ParameterReader.Read(file, spec.Map("parameters", null, required: false));
        var (match, conditions) = Match(spec);
        var count = diagnostics.Count;
        var rules = RuleReader.Read(spec);
        var waivers = Waivers(spec, rules, rulesAreSound: diagnostics.Count == count);
        var policy = new PolicyDocument(
            name, version, metadata.Text("title") ?? "", Digest.Sha256(CanonicalJson.Of(YamlJson.Utf8(root).AsMemory())), file,
            Severity(metadata.OneOf("severity", PolicyForm.Severities, required: true)), metadata.Text("owner") ?? "", metadata.Text("contact", required: false),
            match, spec.OneOf("failurePolicy", PolicyForm.FailurePolicies, required: false) is not "Ignore",
            Enforcement(spec, match), [.. rules.Select(static r => r.Rule)], waivers);

        var variables = Expressions(spec, "variables", "A variable", PolicyForm.Variable, PolicyLimits.Variables);
        var annotations = Expressions(spec, "auditAnnotations", "An annotation", PolicyForm.Annotation, 64);
        foreach (var annotation in annotations) AnnotationKey(spec, annotation);
        return diagnostics.Count > before
            ? null
            : new(policy, parameters.Schema, parameters.Defaults, spec.Find("parameters"), conditions, variables, rules, annotations, [.. Mentioned(spec)]);
    }

    private static (string Name, string Version) Identity(string file, Section metadata)
    {
        var name = metadata.Scalar("name");
        var expected = Path.GetFileNameWithoutExtension(file);
        if (name is not null && name.Text != expected)
            metadata.Error(name, "policy.name", $"A policy is named like its file: '{expected}', not '{name.Text}'.");
        var version = metadata.Scalar("version");
        if (version is not null && !SemanticVersion.TryParse(version.Text, out _))
            metadata.Error(version, "policy.version", $"'version' must be a semantic version such as 1.0.0, not '{version.Text}'.");
        return (name?.Text ?? "", version?.Text ?? "");
    }

    private static PolicySeverity Severity(string? text) => text switch
    {
        "medium" => PolicySeverity.Medium,
        "high" => PolicySeverity.High,
        "critical" => PolicySeverity.Critical,
        _ => PolicySeverity.Low,
    };

    private static EnforcementLevel Level(string? text) => text switch
    {
        "advisory" => EnforcementLevel.Advisory,
        "audit" => EnforcementLevel.Audit,
        _ => EnforcementLevel.Mandatory,
    };

    private static (PolicyMatch Match, IReadOnlyList<NamedExpression> Conditions) Match(Section spec)
    {
        if (spec.Map("match", PolicyForm.Match.Names) is not { } match) return (new([], [], []), []);
        foreach (var action in match.Scalars("actions"))
        {
            if (!PolicyActions.All.Contains(action.Text, StringComparer.Ordinal))
                match.Error(action, "policy.unknown-action", $"'{action.Text}' is no action; the actions are {string.Join(", ", PolicyActions.All)}.", Spelling.Nearest(action.Text, PolicyActions.All));
        }

        var conditions = Expressions(match, "conditions", "A condition", PolicyForm.Condition, PolicyLimits.Conditions);
        return (new(match.Texts("actions"), match.Texts("environments"), [.. conditions.Select(static c => KeyValuePair.Create(c.Name, c.Expression.Text))]), conditions);
    }

    private static PolicyEnforcement Enforcement(Section spec, PolicyMatch match)
    {
        var matched = match.Environments;
        var environments = new Dictionary<string, EnforcementLevel>(StringComparer.Ordinal);
        if (spec.Map("enforcement", PolicyForm.Enforcement.Names) is not { } enforcement) return new(EnforcementLevel.Mandatory, environments);
        if (enforcement.Map("environments", null, required: false) is { } named)
        {
            foreach (var entry in named.Entries)
            {
                environments[entry.Key.Text] = Level(named.OneOf(entry.Key.Text, PolicyForm.Levels, required: true));
                if (matched.Count > 0 && !matched.Contains(entry.Key.Text, StringComparer.Ordinal))
                    named.Error(entry.Key, "policy.ignored", $"The level for '{entry.Key.Text}' would be ignored: 'match' does not name that environment.", Spelling.Nearest(entry.Key.Text, matched));
            }
        }

        var read = new PolicyEnforcement(
            Level(enforcement.OneOf("default", PolicyForm.Levels, required: true)), environments, enforcement.OneOf("live", PolicyForm.LiveFailures, required: false) is "suspend");
        if (read.SuspendsLive) Live(enforcement, read, match);
        return read;
    }

    /// <summary>What runs is judged as if it were deployed now, and only a mandatory rule keeps anything out.</summary>
    private static void Live(Section enforcement, PolicyEnforcement read, PolicyMatch match)
    {
        var levels = match.Environments.Count > 0 ? match.Environments.Select(read.In) : read.Environments.Values.Append(read.Default);
        var why = !levels.Contains(EnforcementLevel.Mandatory) ? "the policy is mandatory nowhere"
            : match.Actions.Count > 0 && !match.Actions.Contains(PolicyActions.Deploy, StringComparer.Ordinal) ? "the policy is not asked about 'deploy', as what runs is judged"
            : null;
        if (why is not null) enforcement.Error(enforcement.Find("live")!, "policy.ignored", $"'live: suspend' would be ignored: {why}.");
    }

    /// <summary>Which environments there are is not known here, so that whoever does know can hold the names against them.</summary>
    private static IEnumerable<EnvironmentMention> Mentioned(Section spec)
    {
        var matched = spec.Find("match") is YamlMapping match && match.Find("environments")?.Value is YamlSequence list ? list.Items.OfType<YamlScalar>() : [];
        var levelled = spec.Find("enforcement") is YamlMapping enforcement && enforcement.Find("environments")?.Value is YamlMapping named ? named.Entries.Select(static e => e.Key) : [];
        return matched.Concat(levelled).Select(s => new EnvironmentMention(s.Text, spec.File, s.Line, s.Column));
    }

    private static List<NamedExpression> Expressions(Section parent, string key, string what, Form form, int most)
    {
        var read = new List<NamedExpression>();
        foreach (var item in parent.Items(key, what, form.Names))
        {
            var (name, expression) = (item.Scalar(form.Names[0]), item.Scalar(form.Names[1]));
            if (name is null || expression is null) continue;
            if (read.Exists(r => r.Name == name.Text)) item.Error(name, "policy.duplicate-name", $"'{name.Text}' appears twice in '{key}'.");
            if (read.Count == most) item.Error(name, "policy.too-many", $"'{key}' holds at most {most} entries.");
            if (key == "variables" && !(char.IsAsciiLetter(name.Text[0]) && name.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')))
                item.Error(name, "policy.name", $"'{name.Text}' cannot be used as variables.{name.Text}: a name holds letters, digits and '_' and begins with a letter.");
            read.Add(new(name.Text, expression));
        }

        return read;
    }

    private static void AnnotationKey(Section spec, NamedExpression annotation)
    {
        var key = annotation.Name;
        if (key.Length > 63 || !char.IsAsciiLetterOrDigit(key[0]) || !key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            spec.Error(annotation.Expression, "policy.annotation-key", $"'{key}' is no annotation key: letters, digits, '-', '_' and '.', at most 63.");
        if (Encoding.UTF8.GetByteCount(annotation.Expression.Text) > 5 * 1024)
            spec.Error(annotation.Expression, "policy.too-long", "The expression of an annotation is at most 5 kB long.");
    }

    private static WaiverLimits? Waivers(Section spec, IReadOnlyList<RuleSource> rules, bool rulesAreSound)
    {
        var waivable = rules.FirstOrDefault(static r => r.Rule.Waivable);
        if (spec.Map("waivers", PolicyForm.Waivers.Names, required: false) is not { } waivers)
        {
            if (waivable is not null && !spec.Has("waivers"))
                spec.Error(waivable.IdAt, "policy.ignored", $"The rule '{waivable.Rule.Id}' is waivable, but without 'waivers' nobody may approve one.");
            return null;
        }

        if (waivable is null && rulesAreSound) spec.Error(waivers.Node, "policy.ignored", "'waivers' would be ignored: no rule is waivable.");
        var duration = waivers.Scalar("maxDuration") is { } text ? Duration(waivers, text) : default;
        var roles = waivers.Texts("approverRoles", required: true);
        if (roles.Count == 0 && waivers.Find("approverRoles") is { } at) waivers.Error(at, "policy.ignored", "'approverRoles' names no role, so nobody may approve a waiver.");
        return new(duration, roles, waivers.Flag("requireCompensatingControl", false));
    }

    private static TimeSpan Duration(Section section, YamlScalar text)
    {
        var parsed = Cel.Values.CelDuration.Parse(text.Text);
        if (parsed is { Kind: Cel.Values.CelKind.Duration, Int: > 0 }) return TimeSpan.FromTicks(parsed.Int / 100);
        section.Error(text, "document.value", $"'maxDuration' must be a positive duration such as 720h, not '{text.Text}'.");
        return default;
    }
}
