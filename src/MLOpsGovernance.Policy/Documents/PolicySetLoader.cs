using System.Buffers;
using System.Text.Json;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Rules;
using MLOpsGovernance.Policy.Waivers;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Puts a set together: one schema, the catalogues, then every policy against them.</summary>
internal sealed class PolicySetLoader
{
    private readonly Diagnostics _diagnostics = new();
    private readonly FrameworkReader _frameworks = new();
    private readonly EvidenceCatalogue _evidence = new();
    private readonly PurposeReader _purposes = new();
    private readonly ManifestReader _manifest = new();
    private readonly List<(PolicyFile File, YamlNode Root)> _policies = [];
    private readonly List<(PolicyFile File, string Digest)> _members = [];
    private readonly List<EnvironmentMention> _environments = [];
    private FactSchema? _schema;
    private bool _schemaSeen;

    public static PolicySetLoad Load(IEnumerable<PolicyFile> files)
    {
        var loader = new PolicySetLoader();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files.OrderBy(static f => f.Path, StringComparer.Ordinal))
        {
            if (paths.Add(file.Path)) loader.Add(file);
            else loader._diagnostics.Error(file.Path, 1, 1, "set.duplicate-file", $"The file '{file.Path}' is given twice.");
        }

        return loader.Finish();
    }

    private void Add(PolicyFile file)
    {
        if (!file.Path.EndsWith(".yaml", StringComparison.Ordinal))
        {
            _diagnostics.Error(file.Path, 1, 1, "set.file-name", $"A document's file is named *.yaml; rename '{file.Path}', or a reader might take it for part of the set and the set not.");
            return;
        }

        if (YamlReader.Read(file, _diagnostics) is not { } root || DocumentHead.Read(file.Path, root, _diagnostics) is not { } kind) return;
        var isTest = file.Path.EndsWith(".test.yaml", StringComparison.Ordinal);
        if (isTest != (kind == DocumentHead.PolicyTest))
        {
            _diagnostics.Error(file.Path, root, "set.test-name", isTest
                ? $"A file named *.test.yaml is of kind PolicyTest, not {kind}." : "A document of kind PolicyTest is named *.test.yaml, so that it stays out of the set.");
            return;
        }

        switch (kind)
        {
            case DocumentHead.PolicyTest: return;
            // A waiver is judged with the decision it is used in and recorded there by its own digest.
            case DocumentHead.Waiver:
                WaiverFile.Read(file.Path, root, _diagnostics, static _ => []);
                return;
            case DocumentHead.FactSchema:
                if (_schemaSeen) _diagnostics.Error(file.Path, root, "set.schemas", "A set has exactly one fact schema; this is another.");
                _schemaSeen = true;
                _schema = FactSchemaReader.Read(file.Path, root, _diagnostics);
                break;
            case DocumentHead.Policy: _policies.Add((file, root)); break;
            case DocumentHead.EvidenceKinds: _evidence.Read(file.Path, root, _diagnostics); break;
            case DocumentHead.Purposes: _purposes.Read(file.Path, root, _diagnostics); break;
            case DocumentHead.PolicySet: _manifest.Read(file.Path, root, _diagnostics); break;
            case DocumentHead.Frameworks: _frameworks.Read(file.Path, root, _diagnostics); break;
        }

        if (Canonical(file, root) is { } digest) _members.Add((file, digest));
    }

    private string? Canonical(PolicyFile file, YamlNode root)
    {
        try
        {
            return Digest.Sha256(CanonicalJson.Of(YamlJson.Utf8(root).AsMemory()));
        }
        catch (JsonException e)
        {
            _diagnostics.Error(file.Path, 1, 1, "yaml.text", e.Message);
            return null;
        }
        catch (ArgumentException)
        {
            _diagnostics.Error(file.Path, 1, 1, "yaml.text", "The file holds half of a surrogate pair, which is not Unicode text.");
            return null;
        }
    }

    private PolicySetLoad Finish()
    {
        if (!_schemaSeen) _diagnostics.Error("", 1, 1, "set.no-schema", "A set needs one document of kind FactSchema: it says what policies may know.");
        var compiled = new List<CompiledPolicy>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, root) in _policies)
        {
            if (_diagnostics.HasErrorsIn(file.Path) || PolicyReader.Read(file.Path, root, _diagnostics) is not { } read) continue;
            var source = _manifest.Apply(read);
            Unique(file, root, source, names, ids);
            _environments.AddRange(source.Environments);
            _frameworks.Verify(file.Path, source, _diagnostics);
            if (_schema is not null && PolicyCompiler.Compile(source, _schema, _diagnostics) is { } policy) compiled.Add(policy);
        }

        // A policy that cannot be read has no names yet; its own error comes first.
        if (_diagnostics.Count == 0) _manifest.Verify(names.Keys, ids.Keys, _diagnostics);
        return _diagnostics.Count > 0
            ? new(null, _diagnostics.Errors, _diagnostics.Warnings)
            : new(new(SetDigest(), [.. _members.Select(static m => m.File)], _schema!, [.. compiled]) { Digests = _members.ToDictionary(static m => m.File.Path, static m => m.Digest, StringComparer.Ordinal), EvidenceKinds = _evidence.Kinds, Frameworks = _frameworks.All, Purposes = _purposes.Catalogue, Environments = _environments }, [], _diagnostics.Warnings);
    }

    private void Unique(PolicyFile file, YamlNode root, PolicySource source, Dictionary<string, string> names, Dictionary<string, string> ids)
    {
        if (!names.TryAdd(source.Document.Name, file.Path))
            _diagnostics.Error(file.Path, root, "set.duplicate-policy", $"The policy '{source.Document.Name}' is also in {names[source.Document.Name]}.");
        foreach (var rule in source.Rules)
        {
            if (!ids.TryAdd(rule.Rule.Id, file.Path))
                _diagnostics.Error(file.Path, rule.IdAt, "set.duplicate-rule", $"The rule id '{rule.Rule.Id}' is also used in {ids[rule.Rule.Id]}; ids are unique across the set.");
        }
    }

    private string SetDigest()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var (file, digest) in _members.OrderBy(static m => m.File.Path, StringComparer.Ordinal))
            {
                writer.WriteStartArray();
                writer.WriteStringValue(file.Path);
                writer.WriteStringValue(digest);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Digest.Sha256(CanonicalJson.Of(buffer.WrittenMemory));
    }
}
