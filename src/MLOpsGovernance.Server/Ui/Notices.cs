namespace MLOpsGovernance.Server.Ui;

/// <summary>What was just done, said at the foot of the page until the reader closes it or goes on.</summary>
internal sealed class Notices
{
    public event EventHandler? Changed;

    public string? Said { get; private set; }

    public void Say(string? sentence)
    {
        Said = sentence;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
