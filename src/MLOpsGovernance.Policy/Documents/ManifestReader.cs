using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>What a set says of itself as a whole, in at most one document of kind PolicySet, so that shipped policies stay as they are.</summary>
/// <remarks><c>spec.adoptEarly</c> names policies or rules that are in force before their date.</remarks>
internal sealed class ManifestReader
{
    private readonly Dictionary<string, bool> _early = new(StringComparer.Ordinal);
    private IReadOnlyList<YamlScalar> _names = [];
    private string? _file;

    public void Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        if (_file is not null)
        {
            diagnostics.Error(file, root, "set.manifests", $"A set has at most one document of kind PolicySet; the other is {_file}.");
            return;
        }

        _file = file;
        if (Section.Open(file, root, "A policy set", diagnostics, ["apiVersion", "kind", "metadata", "spec"]) is not { } document) return;
        if (document.Map("metadata", ["name", "version", "title", "description", "owner"]) is { } metadata) metadata.Text("name");
        if (document.Map("spec", ["adoptEarly"]) is not { } spec) return;
        _names = spec.Scalars("adoptEarly");
        foreach (var name in _names)
        {
            if (!_early.TryAdd(name.Text, false)) spec.Error(name, "set.duplicate-name", $"'{name.Text}' is named twice.");
        }
    }

    public PolicySource Apply(PolicySource policy) => _early.Count == 0 ? policy : policy.Early(rule => Names(policy.Document.Name) | Names(rule.Id));

    /// <summary>Every name means something, and something that has a date.</summary>
    /// <param name="policies">The names of all policies that could be read.</param>
    /// <param name="rules">And the ids of their rules.</param>
    public void Verify(IReadOnlyCollection<string> policies, IReadOnlyCollection<string> rules, Diagnostics diagnostics)
    {
        foreach (var name in _names.Where(n => !_early[n.Text]))
        {
            if (policies.Concat(rules).Contains(name.Text, StringComparer.Ordinal))
                diagnostics.Error(_file!, name, "policy.ignored", $"'{name.Text}' would be ignored: it has no date that it waits for.");
            else diagnostics.Error(_file!, name, "set.unknown-name", $"The set has no policy and no rule '{name.Text}'.", Spelling.Nearest(name.Text, policies.Concat(rules)));
        }
    }

    /// <summary>Whether it is named; remembers that the name meant something.</summary>
    private bool Names(string name) => _early.ContainsKey(name) && (_early[name] = true);
}
