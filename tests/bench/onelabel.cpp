#include <QApplication>
#include <QLabel>

/// The least program with Qt Widgets that shows anything: what the start of the desk is held
/// against.
int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QLabel label(QStringLiteral("UpgradeDesk"));
    label.setAlignment(Qt::AlignCenter);
    label.resize(640, 480);
    label.show();
    return QApplication::exec();
}
