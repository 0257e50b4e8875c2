using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>The frameworks and control references that rules may name, from documents of kind Frameworks.</summary>
/// <remarks><c>spec.frameworks</c> is a list of <c>{id, title, controls: [{ref, title}]}</c>.</remarks>
internal sealed class FrameworkCatalogue
{
    private readonly Dictionary<string, HashSet<string>> _references = new(StringComparer.Ordinal);

    /// <summary>Without a catalogue every reference is taken.</summary>
    public bool IsEmpty => _references.Count == 0;

    public void Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        if (Section.Open(file, root, "A framework catalogue", diagnostics, null)?.Map("spec", null) is not { } spec) return;
        foreach (var framework in spec.Items("frameworks", "A framework", ["id", "title", "version", "url", "description", "controls"], required: true))
        {
            if (framework.Text("id") is not { } id) continue;
            if (!_references.TryGetValue(id, out var references)) _references[id] = references = new(StringComparer.Ordinal);
            foreach (var control in framework.Items("controls", "A control", ["ref", "title", "description", "url"], required: true))
            {
                if (control.Text("ref") is { } reference) references.Add(reference);
            }
        }
    }

    public void Verify(string file, PolicySource policy, Diagnostics diagnostics)
    {
        if (IsEmpty) return;
        foreach (var rule in policy.Rules)
        {
            for (var i = 0; i < rule.Rule.Controls.Count; i++)
            {
                var (framework, reference) = rule.Rule.Controls[i];
                var at = rule.ControlsAt[i];
                if (!_references.TryGetValue(framework, out var known))
                    diagnostics.Error(file, at, "policy.unknown-framework", $"The catalogue has no framework '{framework}'.", Spelling.Nearest(framework, _references.Keys));
                else if (!known.Contains(reference))
                    diagnostics.Error(file, at, "policy.unknown-control", $"The framework '{framework}' has no '{reference}'.", Spelling.Nearest(reference, known));
            }
        }
    }
}
