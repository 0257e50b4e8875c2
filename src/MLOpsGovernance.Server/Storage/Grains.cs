using System.Collections.Concurrent;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Grain references, kept: making one costs a look at attributes each time, which a busy gate feels. A reference stays good wherever its grain moves.</summary>
internal sealed class Grains(IGrainFactory factory)
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<(Type, string), IGrain> _known = new();

    public T Of<T>(string key) where T : IGrainWithStringKey
    {
        if (_known.TryGetValue((typeof(T), key), out var known)) return (T)known;
        if (_known.Count >= Most) _known.Clear();
        var made = factory.GetGrain<T>(key);
        _known[(typeof(T), key)] = made;
        return made;
    }
}
