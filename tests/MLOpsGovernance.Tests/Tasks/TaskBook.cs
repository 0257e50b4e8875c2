using System.Text.Json;
using MLOpsGovernance.Domain.Tasks;
using Shouldly;

namespace MLOpsGovernance.Tests.Tasks;

/// <summary>The register of tasks as a projection keeps it: page by page, each with no more at hand than it asked for, and everything that is kept written down and read again in between.</summary>
internal sealed class TaskBook
{
    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenTask> _rows = new(StringComparer.Ordinal);
    private readonly List<(string Stream, object Event)> _page = [];

    public static TaskTerms Terms => TaskTerms.Default;

    /// <summary>How many events the largest page asked for things to be read, at most so many times.</summary>
    public int MostRead { get; private set; }

    public TaskBook Add(string stream, params IEnumerable<object> events)
    {
        _page.AddRange(events.Where(e => TaskEvents.All.Contains(e.GetType())).Select(e => (stream, e)));
        return this;
    }

    public IReadOnlyCollection<OpenTask> Rows()
    {
        Turn();
        return _rows.Values;
    }

    /// <summary>Ends the page.</summary>
    public void Turn()
    {
        var ledger = new TaskLedger(Terms);
        var read = 0;
        while (ledger.Missing(_page) is [_, ..] keys)
        {
            foreach (var key in keys) ledger.Know(key, _kept.TryGetValue(key, out var kept) ? JsonSerializer.Deserialize<TaskState>(kept, Given.Json) : null);
            (++read).ShouldBeLessThan(5, "what is known leads to no end of more");
        }

        MostRead = Math.Max(MostRead, read);
        foreach (var (stream, e) in _page) ledger.Take(stream, e);
        _page.Clear();
        foreach (var change in ledger.Changes())
        {
            _kept[change.Key] = JsonSerializer.Serialize(change.State, Given.Json);
            foreach (var task in change.Before) _rows.Remove(task.Id).ShouldBeTrue($"{task.Kind} was open before");
            foreach (var task in change.Now) _rows.TryAdd(task.Id, task).ShouldBeTrue($"{task.Kind} is open once");
        }
    }
}
