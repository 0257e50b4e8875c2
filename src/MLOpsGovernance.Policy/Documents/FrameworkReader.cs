using System.Text.RegularExpressions;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>The frameworks and controls that rules may name, from documents of kind Frameworks. Several add up.</summary>
/// <remarks>
/// <c>spec.frameworks</c> is a list of <c>{id, title, publisher, version?, date?, status, applicability, url?, onlyWhere?, replaces?, effectiveFrom?, timelines?, controls}</c>.
/// A control is <c>{ref, title, effectiveFrom?, timeline?, note?, beyond?}</c>; a timeline, by its name, a list of <c>{from, appliesTo}</c>. The framework's date is that of controls without one.
/// </remarks>
internal sealed partial class FrameworkReader
{
    private static readonly string[] Keys = ["id", "title", "publisher", "version", "date", "status", "applicability", "url", "onlyWhere", "replaces", "effectiveFrom", "timelines", "controls"];
    private static readonly string[] Statuses = ["law", "standard", "guidance"];

    private readonly Dictionary<string, Framework> _frameworks = new(StringComparer.Ordinal);

    public IReadOnlyList<Framework> All => [.. _frameworks.Values];

    public void Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        if (Section.Open(file, root, "A framework catalogue", diagnostics, ["apiVersion", "kind", "metadata", "spec"])?.Map("spec", ["frameworks"]) is not { } spec) return;
        foreach (var entry in spec.Items("frameworks", "A framework", Keys, required: true)) Framework(entry);
    }

    private void Framework(Section entry)
    {
        var (id, title, publisher, applicability) = (entry.Scalar("id"), entry.Text("title"), entry.Text("publisher"), entry.Text("applicability"));
        var status = entry.OneOf("status", Statuses, required: true);
        var replaces = entry.Texts("replaces");
        var controls = Controls(entry);
        if (id is null || title is null || publisher is null || applicability is null || status is null) return;
        if (!Id().IsMatch(id.Text)) entry.Error(id, "framework.id", $"'{id.Text}' is no id of a framework: lower-case letters, digits and hyphens, at most 64.");
        var framework = new Framework(
            id.Text, title, publisher, entry.Text("version", required: false), entry.Instant("date", required: false), Status(status), applicability,
            entry.Text("url", required: false), entry.Text("onlyWhere", required: false), replaces, controls);
        if (!_frameworks.TryAdd(id.Text, framework)) entry.Error(id, "framework.duplicate", $"The framework '{id.Text}' is there already.");
    }

    private static List<FrameworkControl> Controls(Section framework)
    {
        var (timelines, begins) = (Timelines(framework), framework.Instant("effectiveFrom", required: false));
        var controls = new List<FrameworkControl>();
        foreach (var entry in framework.Items("controls", "A control", ["ref", "title", "effectiveFrom", "timeline", "note", "beyond"], required: true))
        {
            var (own, timeline) = (entry.Instant("effectiveFrom", required: false), entry.Scalar("timeline", required: false));
            IReadOnlyList<FrameworkPhase> phases = [];
            if (timeline is not null && !timelines.TryGetValue(timeline.Text, out phases!))
            {
                entry.Error(timeline, "framework.timeline", $"The framework has no timeline '{timeline.Text}'.", Spelling.Nearest(timeline.Text, timelines.Keys));
                phases = [];
            }

            if (timeline is not null && own is not null) entry.Error(timeline, "policy.ignored", "'timeline' would be ignored: the control has a date of its own.");
            if (entry.Scalar("ref") is not { } reference || entry.Text("title") is not { } title) continue;
            if (controls.Exists(c => c.Ref == reference.Text)) entry.Error(reference, "framework.duplicate", $"The control '{reference.Text}' is there already.");
            controls.Add(new(reference.Text, title, own ?? (phases.Count > 0 ? phases.Min(static p => p.From) : begins), phases, entry.Text("note", required: false), entry.Text("beyond", required: false)));
        }

        return controls;
    }

    private static Dictionary<string, IReadOnlyList<FrameworkPhase>> Timelines(Section framework)
    {
        var timelines = new Dictionary<string, IReadOnlyList<FrameworkPhase>>(StringComparer.Ordinal);
        if (framework.Map("timelines", null, required: false) is not { } named) return timelines;
        foreach (var name in named.Entries)
        {
            var phases = new List<FrameworkPhase>();
            foreach (var entry in named.Items(name.Key.Text, "A phase", ["from", "appliesTo"], required: true))
            {
                if (entry.Instant("from", required: true) is { } from && entry.Text("appliesTo") is { } whom) phases.Add(new(from, whom));
            }

            timelines[name.Key.Text] = phases;
        }

        return timelines;
    }

    private static FrameworkStatus Status(string word) => word switch
    {
        "law" => FrameworkStatus.Law,
        "standard" => FrameworkStatus.Standard,
        _ => FrameworkStatus.Guidance,
    };

    /// <summary>Holds what rules say they support to the catalogue; without one every reference is taken.</summary>
    public void Verify(string file, PolicySource policy, Diagnostics diagnostics)
    {
        if (_frameworks.Count == 0) return;
        foreach (var rule in policy.Rules)
        {
            foreach (var (control, at) in rule.Rule.Controls.Zip(rule.ControlsAt)) Verify(file, policy, control, at, diagnostics);
            Date(file, rule, diagnostics);
        }
    }

    private void Verify(string file, PolicySource policy, ControlRef control, YamlNode at, Diagnostics diagnostics)
    {
        if (!_frameworks.TryGetValue(control.Framework, out var framework))
        {
            var successor = _frameworks.Values.FirstOrDefault(f => f.Replaces.Contains(control.Framework, StringComparer.Ordinal));
            diagnostics.Error(file, at, "policy.unknown-framework",
                successor is null ? $"The catalogue has no framework '{control.Framework}'." : $"The framework '{control.Framework}' was replaced by {successor.Title}.",
                successor?.Id ?? Spelling.Nearest(control.Framework, _frameworks.Keys));
        }
        else if (!framework.Controls.Any(c => c.Ref == control.Ref))
            diagnostics.Error(file, at, "policy.unknown-control", $"The framework '{control.Framework}' has no '{control.Ref}'.", Spelling.Nearest(control.Ref, framework.Controls.Select(static c => c.Ref)));
        else if (framework.OnlyWhere is { } demanded && !policy.Conditions.Any(c => c.Expression.Text.Trim() == demanded))
            diagnostics.Error(file, at, "policy.framework-scope", $"{framework.Title} is claimed only where {demanded}; put that among the conditions of 'match', as it stands here, or name another framework.");
    }

    /// <summary>A date that no control of the rule has is more often a slip than meant.</summary>
    private void Date(string file, RuleSource rule, Diagnostics diagnostics)
    {
        if (rule.Rule.EffectiveFrom is not { } date || rule.EffectiveFromAt is not { } at) return;
        var known = rule.Rule.Controls
            .SelectMany(c => _frameworks.GetValueOrDefault(c.Framework)?.Controls.Where(k => k.Ref == c.Ref) ?? [])
            .SelectMany(static k => k.Phases.Select(static p => p.From).Append(k.EffectiveFrom ?? default)).Where(static d => d != default).Distinct().Order().ToList();
        if (known.Count > 0 && !known.Contains(date))
            diagnostics.Warning(file, at, "policy.effective-date", $"The rule applies from {Instants.Text(date)}, but what it supports begins on {string.Join(", ", known.Select(Instants.Text))}.");
    }

    [GeneratedRegex("^[a-z0-9]([.-]?[a-z0-9]){0,63}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Id();
}
