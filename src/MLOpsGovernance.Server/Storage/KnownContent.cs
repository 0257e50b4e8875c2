using System.Collections.Concurrent;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Digests that this node has stored or seen stored, so that the same facts are not sent again with every check. Forgetting is harmless.</summary>
internal sealed class KnownContent
{
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<string, byte> _digests = new(StringComparer.Ordinal);

    public bool Contains(string digest) => _digests.ContainsKey(digest);

    public void Add(string digest)
    {
        if (_digests.Count >= Most) _digests.Clear();
        _digests.TryAdd(digest, 0);
    }
}
