using System.Collections.Concurrent;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Subjects;

/// <summary>Who is a person, and which roles were granted: asked of the subjects' own streams, never of a caller.</summary>
internal sealed class People(Grains grains, TimeProvider time)
{
    private const int Most = 100_000;

    /// <summary>Recognized once, a person stays one; so this may be remembered.</summary>
    private readonly ConcurrentDictionary<string, byte> _recognized = new(StringComparer.Ordinal);

    /// <summary>Those of the subjects who are people, each once.</summary>
    public async Task<IReadOnlyList<string>> AmongAsync(IEnumerable<string> subjects)
    {
        var distinct = subjects.Where(Name.IsSubject).Distinct(StringComparer.Ordinal).ToArray();
        var known = await Task.WhenAll(distinct.Select(async s => _recognized.ContainsKey(s) || (await ReadAsync(s)).IsPerson));
        return [.. distinct.Where((_, i) => known[i])];
    }

    /// <summary>Whether somebody who is named is a person; nobody named is no fault.</summary>
    public async Task<bool> KnowAsync(string? subject) => subject is null || (await AmongAsync([subject])).Count == 1;

    /// <summary>Records, once, that the subject signed in as a person.</summary>
    public async Task SignedInAsync(string subject)
    {
        if (_recognized.ContainsKey(subject)) return;
        await StaleAttempts.RepeatAsync(() => grains.Of<ISubjectGrain>(subject).Execute(new(
            new RecognizePerson(subject, "sign-in"), new(subject, true, []), new(subject, null, null, null, null, null, null), [])), time);
        if (_recognized.Count >= Most) _recognized.Clear();
        _recognized.TryAdd(subject, 0);
    }

    public async Task<IReadOnlyList<string>> GrantedAsync(string subject) => [.. (await ReadAsync(subject)).GrantedRoles];

    public async Task<Subject> ReadAsync(string subject) => (await grains.Of<ISubjectGrain>(subject).Read()).State;
}
