<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
    <context>
        <name>upgradedesk::Appearance</name>
        <message>
            <source>换语言</source>
            <translation>Language</translation>
        </message>
        <message>
            <source>深色 / 浅色</source>
            <translation>Dark / light</translation>
        </message>
        <message>
            <source>字号大小</source>
            <translation>Text size</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::CardNumberEdit</name>
        <message>
            <source>输入的卡号</source>
            <extracomment>lk.input</extracomment>
            <translation>Number typed</translation>
        </message>
        <message>
            <source>已输 %1 位，少 %2 位</source>
            <extracomment>a11y: digits typed so far; digits still missing</extracomment>
            <translation>%1 typed, %2 missing</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::CardNumberView</name>
        <message>
            <source>；共 %1 位</source>
            <extracomment>a11y: after the digits of a card number, how many there are</extracomment>
            <translation>; %1 digits in all</translation>
        </message>
        <message>
            <source>，少 %1 位</source>
            <extracomment>a11y: how many digits are missing</extracomment>
            <translation>, %1 missing</translation>
        </message>
        <message>
            <source>卡号</source>
            <extracomment>a11y name of the card number</extracomment>
            <translation>Card number</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::CardPage</name>
        <message>
            <source>卡号，请与卡面核对</source>
            <extracomment>card.label</extracomment>
            <translation>Card number, compare with the card</translation>
        </message>
        <message>
            <source>卡的样式</source>
            <extracomment>card.medium</extracomment>
            <translation>Medium</translation>
        </message>
        <message>
            <source>%1，%2</source>
            <extracomment>Read aloud once when a card was read: kind, state</extracomment>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>没有读取卡里的内容</source>
            <extracomment>card.nonumber</extracomment>
            <translation>Nothing in this card was read</translation>
        </message>
        <message>
            <source>认出了这种卡，但读不出卡号</source>
            <translation>This kind of card is known, but its number cannot be read</translation>
        </message>
        <message>
            <source>手环上没有印卡号，以读到的为准</source>
            <translation>No number is printed on a wristband; the number read counts</translation>
        </message>
        <message>
            <source>现在刷闸机，会听到并看到</source>
            <extracomment>gate.now</extracomment>
            <translation>At the gate now, the passenger hears and sees</translation>
        </message>
        <message>
            <source>离线，按未升级办理；若已升级，中心会自动合并</source>
            <extracomment>card.unknown</extracomment>
            <translation>Offline: treated as not upgraded; if it already is, the hub merges the two</translation>
        </message>
        <message>
            <source>上传之前，刷闸机还会提示</source>
            <extracomment>gate.pending</extracomment>
            <translation>Until the upload, the gate will still say</translation>
        </message>
        <message>
            <source>上传之前请走人工通道</source>
            <extracomment>done.walk</extracomment>
            <translation>Until the upload, use the manual lane</translation>
        </message>
        <message>
            <source>刷闸机时</source>
            <extracomment>gate.when</extracomment>
            <translation>At the gate</translation>
        </message>
        <message>
            <source>流程与以前一样，设备自动查验核酸结果</source>
            <extracomment>gate.same</extracomment>
            <translation>Same as before; the gate checks the test result</translation>
        </message>
        <message>
            <source>0、1、2 天放行；其他情况闸门不开，请走人工通道</source>
            <extracomment>gate.days</extracomment>
            <translation>0, 1 or 2 days pass; otherwise the gate stays closed, use the manual lane</translation>
        </message>
        <message>
            <source>刷卡时同步查验核酸检测结果</source>
            <extracomment>gate.exempt</extracomment>
            <translation>The test result is checked when the card is tapped</translation>
        </message>
        <message>
            <source>0、1、2 天放行；持卡人无需自行升级</source>
            <extracomment>gate.exempt.note</extracomment>
            <translation>0, 1 or 2 days pass; the holder need not upgrade</translation>
        </message>
        <message>
            <source>查不到健康码信息，不能走自动查验通道</source>
            <extracomment>gate.foreign</extracomment>
            <translation>No health information, automatic lane not available</translation>
        </message>
        <message>
            <source>请先在手机上升级；这一次请走人工通道</source>
            <translation>Upgrade on the phone first; this time, use the manual lane</translation>
        </message>
        <message>
            <source>本台不能升级此卡；可改用已升级的乘车码，或走人工通道</source>
            <translation>Not upgradable here; use an upgraded ride code, or the manual lane</translation>
        </message>
        <message numerus="yes">
            <source>%n 位</source>
            <extracomment>card.digits</extracomment>
            <translation>
                <numerusform>%n digit</numerusform>
                <numerusform>%n digits</numerusform>
            </translation>
        </message>
        <message>
            <source>发卡方不在本系统</source>
            <extracomment>card.foreign.issuer</extracomment>
            <translation>issuer not in this system</translation>
        </message>
        <message>
            <source>·</source>
            <extracomment>Between facts of one line, such as issuer and number of digits</extracomment>
            <translation> · </translation>
        </message>
        <message>
            <source>现在给您这张卡办升级，请出示身份证，大约半分钟就好。</source>
            <extracomment>say.unknown: whether the card is upgraded already is not known here</extracomment>
            <translation>I will upgrade this card for you now. May I see your ID? It takes about half a minute.</translation>
        </message>
        <message>
            <source>您这张卡已经办好，正等着上传。这次请走人工通道，下次直接刷卡。</source>
            <extracomment>say.queued</extracomment>
            <translation>This card is done and waits for its upload. Please use the manual lane this time; next time just tap.</translation>
        </message>
        <message>
            <source>您的卡已经升级过了，直接刷闸机进站就可以。</source>
            <extracomment>say.upgraded</extracomment>
            <translation>Your card is already upgraded. Please tap at the gate.</translation>
        </message>
        <message>
            <source>您的卡不用升级，直接刷卡进站就行。</source>
            <extracomment>say.exempt</extracomment>
            <translation>This card needs no upgrade. Please tap at the gate.</translation>
        </message>
        <message>
            <source>这张卡读不出卡号，这次请走人工通道，出示核酸结果。</source>
            <extracomment>say.nonumber</extracomment>
            <translation>The number of this card cannot be read. Please use the manual lane with your test result.</translation>
        </message>
        <message>
            <source>卡里的交通应用已停用，请乘客到卡务窗口处理</source>
            <extracomment>card.blocked</extracomment>
            <translation>The transit application in this card is blocked; send the passenger to the card office</translation>
        </message>
        <message>
            <source>先核对卡号和卡的样式，再开始</source>
            <extracomment>card.check</extracomment>
            <translation>Compare number and medium, then start</translation>
        </message>
        <message>
            <source>开始升级</source>
            <extracomment>card.start</extracomment>
            <translation>Start upgrade</translation>
        </message>
        <message>
            <source>卡的样式&#x3000;← →</source>
            <extracomment>card.medium, with the keys that choose</extracomment>
            <translation>Medium&#x3000;← →</translation>
        </message>
        <message>
            <source>卡号是输入的，请与卡面逐组核对</source>
            <extracomment>card.compare</extracomment>
            <translation>The number was typed: compare it with the card group by group</translation>
        </message>
        <message>
            <source>我一组一组念卡号，请您看着卡面，不一样就告诉我。</source>
            <extracomment>say.compare</extracomment>
            <translation>I will read the number out group by group. Please look at your card and tell me if anything differs.</translation>
        </message>
        <message>
            <source>每组与卡面一样才按 Enter；卡能读了就放上读卡器，不用再核对</source>
            <extracomment>card.compare.hint</extracomment>
            <translation>Press Enter only when a group is the same on the card; once the card can be read, tap it instead</translation>
        </message>
        <message>
            <source>不一样，改卡号</source>
            <extracomment>card.mend</extracomment>
            <translation>Differs, correct it</translation>
        </message>
        <message>
            <source>%1 一样</source>
            <extracomment>card.compare.go: this group of digits is the same on the card</extracomment>
            <translation>%1 is the same</translation>
        </message>
        <message>
            <source>选卡的样式</source>
            <extracomment>help.medium</extracomment>
            <translation>Choose the medium</translation>
        </message>
        <message>
            <source>正在查</source>
            <extracomment>state.asking: the hub is asked now</extracomment>
            <translation>Checking</translation>
        </message>
        <message>
            <source>闸门不开·不能走自动查验通道</source>
            <extracomment>gate.closed</extracomment>
            <translation>Gate stays closed, automatic lane not available</translation>
        </message>
        <message>
            <source>正在向中心查这张卡，不用等，可以先开始</source>
            <extracomment>card.asking</extracomment>
            <translation>The hub is asked about this card; no need to wait, you can start</translation>
        </message>
        <message>
            <source>中心没有回答，按未升级办理；若已升级，中心会自动合并</source>
            <extracomment>card.silent</extracomment>
            <translation>The hub did not answer, handled as not upgraded; the hub merges it if it was</translation>
        </message>
        <message>
            <source>您这张卡还没升级，请出示身份证，大约半分钟就好。</source>
            <extracomment>say.new</extracomment>
            <translation>This card is not upgraded yet. May I see your ID? It takes about half a minute.</translation>
        </message>
        <message>
            <source>上次没办成：%1</source>
            <extracomment>card.returned: why</extracomment>
            <translation>Did not work last time: %1</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::ConfirmPage</name>
        <message>
            <source>乘客</source>
            <extracomment>confirm.holder</extracomment>
            <translation>Passenger</translation>
        </message>
        <message>
            <source>授权</source>
            <extracomment>confirm.consent</extracomment>
            <translation>Consent</translation>
        </message>
        <message>
            <source>核酸</source>
            <extracomment>confirm.health</extracomment>
            <translation>Test</translation>
        </message>
        <message>
            <source>名下卡片</source>
            <extracomment>confirm.cards</extracomment>
            <translation>Own cards</translation>
        </message>
        <message>
            <source>待补查</source>
            <extracomment>state.pend</extracomment>
            <translation>To be checked</translation>
        </message>
        <message>
            <source>中心离线</source>
            <extracomment>health.off.short</extracomment>
            <translation>Hub offline</translation>
        </message>
        <message>
            <source>待中心核对</source>
            <extracomment>confirm.cards.hub</extracomment>
            <translation>To be checked by the hub</translation>
        </message>
        <message numerus="yes">
            <source>%1，%2，%n 位</source>
            <extracomment>confirm.card: kind, what the passenger holds, digits</extracomment>
            <translation>
                <numerusform>%1, %2, %n digit</numerusform>
                <numerusform>%1, %2, %n digits</numerusform>
            </translation>
        </message>
        <message>
            <source>%1，监护人 %2</source>
            <translation>%1, guardian %2</translation>
        </message>
        <message>
            <source>已同意 告知书第 %1 版</source>
            <extracomment>confirm.agreed</extracomment>
            <translation>Agreed, notice version %1</translation>
        </message>
        <message>
            <source>%1 工作人员记录</source>
            <extracomment>confirm.by</extracomment>
            <translation>%1, noted by staff</translation>
        </message>
        <message>
            <source>改卡片</source>
            <extracomment>btn.edit.card</extracomment>
            <translation>Change card</translation>
        </message>
        <message>
            <source>改证件</source>
            <extracomment>btn.edit.id</extracomment>
            <translation>Change ID</translation>
        </message>
        <message>
            <source>正在保存</source>
            <extracomment>confirm.saving</extracomment>
            <translation>Saving</translation>
        </message>
        <message>
            <source>确认升级</source>
            <extracomment>confirm.go</extracomment>
            <translation>Confirm upgrade</translation>
        </message>
        <message>
            <source>请看一下卡号和姓名，
没问题我就确认了。</source>
            <extracomment>say.confirm</extracomment>
            <translation>Please look at the number and the name.
If they are right I will confirm.</translation>
        </message>
        <message>
            <source>确认后先存在本机，联网后自动上传</source>
            <extracomment>confirm.saved</extracomment>
            <translation>Saved here first, uploads when back online</translation>
        </message>
        <message numerus="yes">
            <source>确认后 %n 分钟内可撤销</source>
            <extracomment>confirm.undo</extracomment>
            <translation>
                <numerusform>Can be undone for %n minute</numerusform>
                <numerusform>Can be undone for %n minutes</numerusform>
            </translation>
        </message>
        <message>
            <source>由中心补查</source>
            <extracomment>health.later.hub</extracomment>
            <translation>The hub checks later</translation>
        </message>
        <message>
            <source>健康码异常</source>
            <translation>Health code abnormal</translation>
        </message>
        <message>
            <source>没有结果</source>
            <translation>No result</translation>
        </message>
        <message numerus="yes">
            <source>阴性，%n 天</source>
            <extracomment>confirm.health</extracomment>
            <translation>
                <numerusform>Negative, %n day</numerusform>
                <numerusform>Negative, %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n 天</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message>
            <source>可以进站</source>
            <extracomment>health.enters</extracomment>
            <translation>May enter</translation>
        </message>
        <message>
            <source>今天不能进站</source>
            <extracomment>health.stays</extracomment>
            <translation>May not enter today</translation>
        </message>
        <message>
            <source>上传时核对</source>
            <extracomment>confirm.cards.upload</extracomment>
            <translation>Checked at the upload</translation>
        </message>
        <message>
            <source>实体卡 %1，手机卡 %2，代办 %3</source>
            <extracomment>confirm.cards: physical, phone, made for others; each with its limit</extracomment>
            <translation>Physical %1, phone %2, for others %3</translation>
        </message>
        <message>
            <source>可办这张</source>
            <extracomment>confirm.cards.ok / confirm.cards.endings: last four digits of the person&apos;s other cards</extracomment>
            <translation>Possible</translation>
        </message>
        <message>
            <source>已有 %1</source>
            <translation>Has %1</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::ConsentPage</name>
        <message>
            <source>请乘客确认告知书</source>
            <extracomment>consent.title</extracomment>
            <translation>Ask the passenger to confirm the notice</translation>
        </message>
        <message>
            <source>Alt+L</source>
            <extracomment>consent.language.key</extracomment>
            <translation>Alt+L</translation>
        </message>
        <message>
            <source>告知书 第 %1 版，%2 起用</source>
            <extracomment>consent.version</extracomment>
            <translation>Notice version %1, in use since %2</translation>
        </message>
        <message>
            <source>乘客不同意</source>
            <extracomment>btn.decline</extracomment>
            <translation>Passenger declines</translation>
        </message>
        <message>
            <source>乘客已同意登记和查验</source>
            <extracomment>consent.op, naming both purposes: processing the data, and passing it to the health service</extracomment>
            <translation>Agreed: link + check</translation>
        </message>
        <message>
            <source>请看一下屏幕上的告知书。
同意关联健康信息吗？</source>
            <extracomment>say.consent</extracomment>
            <translation>Please read the notice on the screen.
Do you agree?</translation>
        </message>
        <message>
            <source>转向乘客或读给乘客听，两件都同意才按</source>
            <extracomment>consent.how</extracomment>
            <translation>Turn it or read it aloud; both are needed</translation>
        </message>
        <message>
            <source>朗读</source>
            <translation>Read aloud</translation>
        </message>
        <message>
            <source>收起大字</source>
            <extracomment>btn.read, and back to the page as it was</extracomment>
            <translation>Small text</translation>
        </message>
        <message>
            <source>换告知书的语言</source>
            <extracomment>help.notice</extracomment>
            <translation>Language of the notice</translation>
        </message>
        <message>
            <source>乘客也可以在乘客屏上点「同意」，这里会自动进入下一步</source>
            <extracomment>consent.how.screen</extracomment>
            <translation>The passenger may also agree on their own screen; this page then goes on by itself</translation>
        </message>
        <message>
            <source>转向乘客</source>
            <extracomment>consent.turn: the whole screen shows the notice with two buttons for the passenger</extracomment>
            <translation>Turn screen</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DayScale</name>
        <message>
            <source>0 天</source>
            <extracomment>man.0</extracomment>
            <translation>0 days</translation>
        </message>
        <message>
            <source>1 天</source>
            <extracomment>man.1</extracomment>
            <translation>1 day</translation>
        </message>
        <message>
            <source>2 天</source>
            <extracomment>man.2</extracomment>
            <translation>2 days</translation>
        </message>
        <message>
            <source>3 天及以上</source>
            <extracomment>man.3</extracomment>
            <translation>3 days or more</translation>
        </message>
        <message>
            <source>无结果</source>
            <extracomment>man.4, short</extracomment>
            <translation>No result</translation>
        </message>
        <message>
            <source>放行</source>
            <extracomment>man.pass and man.turn</extracomment>
            <translation>Let through</translation>
        </message>
        <message>
            <source>劝返</source>
            <translation>Turn back</translation>
        </message>
        <message>
            <source>核酸天数</source>
            <extracomment>a11y name of the day scale</extracomment>
            <translation>Test age</translation>
        </message>
        <message>
            <source>%1，%2</source>
            <extracomment>a11y: days and verdict</extracomment>
            <translation>%1, %2</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DeskStatus</name>
        <message>
            <source>培训</source>
            <extracomment>st.training / st.training.sub</extracomment>
            <translation>Training</translation>
        </message>
        <message>
            <source>不联网，虚拟卡</source>
            <translation>no network, virtual cards</translation>
        </message>
        <message>
            <source>未连接</source>
            <extracomment>st.reader.off
----------
st.id.off</extracomment>
            <translation>unplugged</translation>
        </message>
        <message>
            <source>正常</source>
            <extracomment>st.id.ok</extracomment>
            <translation>OK</translation>
        </message>
        <message>
            <source>正在启动</source>
            <extracomment>st.reader.starting</extracomment>
            <translation>starting</translation>
        </message>
        <message>
            <source>读卡器</source>
            <extracomment>dv.names</extracomment>
            <translation>Reader</translation>
        </message>
        <message>
            <source>中心</source>
            <extracomment>dv.names</extracomment>
            <translation>Hub</translation>
        </message>
        <message>
            <source>离线</source>
            <extracomment>st.hub.off</extracomment>
            <translation>offline</translation>
        </message>
        <message numerus="yes">
            <source>%n 条待传</source>
            <extracomment>st.queue</extracomment>
            <translation>
                <numerusform>%n waiting</numerusform>
                <numerusform>%n waiting</numerusform>
            </translation>
        </message>
        <message>
            <source>队列</source>
            <extracomment>st.queue.label</extracomment>
            <translation>Queue</translation>
        </message>
        <message>
            <source>按 F9 看队列 / 同步</source>
            <extracomment>st.opens: what a click on the chip opens</extracomment>
            <translation>F9 opens Queue</translation>
        </message>
        <message>
            <source>演练</source>
            <extracomment>st.practice / st.practice.sub</extracomment>
            <translation>Practice</translation>
        </message>
        <message>
            <source>练习用的中心，不作数</source>
            <translation>a hub for practice, nothing counts</translation>
        </message>
        <message>
            <source>正在连接</source>
            <extracomment>st.hub.starting</extracomment>
            <translation>Connecting</translation>
        </message>
        <message>
            <source>正在上传</source>
            <extracomment>st.hub.uploading / st.hub.on</extracomment>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>在线</source>
            <translation>Online</translation>
        </message>
        <message>
            <source>离线，%1 起</source>
            <extracomment>st.hub.since: from that time on</extracomment>
            <translation>Offline since %1</translation>
        </message>
        <message>
            <source>按 F11 看设备</source>
            <extracomment>st.opens: what a click on the chip opens</extracomment>
            <translation>F11 opens Devices</translation>
        </message>
        <message>
            <source>正在检查</source>
            <extracomment>st.shift.running / st.shift.bad / st.shift.good</extracomment>
            <translation>checking</translation>
        </message>
        <message numerus="yes">
            <source>%n 项要处理</source>
            <translation>
                <numerusform>%n to do</numerusform>
                <numerusform>%n to do</numerusform>
            </translation>
        </message>
        <message>
            <source>全部正常</source>
            <translation>all well</translation>
        </message>
        <message>
            <source>开班检查</source>
            <extracomment>dv.shift</extracomment>
            <translation>Shift check</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DeviceCards</name>
        <message>
            <source>选中后按 Alt 加数字，指定它的串口</source>
            <extracomment>dv.choose: on a card without a device</extracomment>
            <translation>Choose it, then press Alt and a digit to give it a port</translation>
        </message>
        <message>
            <source>选设备</source>
            <extracomment>help.devices</extracomment>
            <translation>Choose a device</translation>
        </message>
        <message>
            <source>没有第二块屏，不影响办理</source>
            <extracomment>dv.screen.none</extracomment>
            <translation>There is no second screen; work goes on without</translation>
        </message>
        <message>
            <source>培训，不联网</source>
            <extracomment>q.badge.training</extracomment>
            <translation>Training, no network</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DevicePanel</name>
        <message>
            <source>诊断包的内容</source>
            <extracomment>dv.bundle.name: a11y</extracomment>
            <translation>Contents of the bundle</translation>
        </message>
        <message>
            <source>诊断包预览</source>
            <extracomment>dv.bundle.title</extracomment>
            <translation>Bundle preview</translation>
        </message>
        <message>
            <source>%1自检</source>
            <extracomment>dv.test.title: a device</extracomment>
            <translation>Test of %1</translation>
        </message>
        <message>
            <source>开班检查</source>
            <extracomment>dv.shift.title</extracomment>
            <translation>Shift check</translation>
        </message>
        <message>
            <source>里面没有姓名、证件号和卡号；看过再按 Alt+E 写成文件。</source>
            <extracomment>dv.bundle.note</extracomment>
            <translation>No names, ID or card numbers are in it; look it over, then Alt+E writes the file.</translation>
        </message>
        <message>
            <source>还没有检查过，按 Enter 开始。</source>
            <extracomment>dv.test.none</extracomment>
            <translation>Not tested yet; press Enter to start.</translation>
        </message>
        <message>
            <source>正在检查，可以照常办理。</source>
            <extracomment>dv.test.running</extracomment>
            <translation>Checking; go on with your work.</translation>
        </message>
        <message numerus="yes">
            <source>%n 项要处理，见下面。</source>
            <extracomment>dv.test.bad</extracomment>
            <translation>
                <numerusform>%n thing to do, see below.</numerusform>
                <numerusform>%n things to do, see below.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n 项全部通过，%1 毫秒</source>
            <extracomment>dv.test.good: how many checks, milliseconds</extracomment>
            <translation>
                <numerusform>%n check passed, %1 ms</numerusform>
                <numerusform>All %n checks passed, %1 ms</numerusform>
            </translation>
        </message>
        <message>
            <source>按键指定%1的串口（再按取消）</source>
            <extracomment>dv.ports: of which device</extracomment>
            <translation>Port of the %1 by key (again: none)</translation>
        </message>
        <message>
            <source>没有串口设备，插上后会自动出现在这里。</source>
            <extracomment>dv.ports.none</extracomment>
            <translation>No serial device; one that is plugged in appears here.</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DevicesPage</name>
        <message>
            <source>设备诊断</source>
            <extracomment>dv.title</extracomment>
            <translation>Device check</translation>
        </message>
        <message>
            <source>方向键选设备，Enter 自检</source>
            <extracomment>dv.hint</extracomment>
            <translation>Arrows choose, Enter tests</translation>
        </message>
        <message>
            <source>诊断包已写到 %1</source>
            <extracomment>dv.bundle.saved: a file name</extracomment>
            <translation>The bundle is in %1</translation>
        </message>
        <message>
            <source>打印测试页</source>
            <extracomment>btn.test.print</extracomment>
            <translation>Test print</translation>
        </message>
        <message>
            <source>写成文件</source>
            <extracomment>dv.bundle.save</extracomment>
            <translation>Write the file</translation>
        </message>
        <message>
            <source>导出诊断包</source>
            <translation>Export bundle</translation>
        </message>
        <message>
            <source>开班检查</source>
            <extracomment>dv.shift</extracomment>
            <translation>Shift check</translation>
        </message>
        <message>
            <source>返回办理</source>
            <extracomment>q.back</extracomment>
            <translation>Back to work</translation>
        </message>
        <message>
            <source>正在检查</source>
            <extracomment>dv.testing</extracomment>
            <translation>checking</translation>
        </message>
        <message>
            <source>再查一遍</source>
            <extracomment>dv.shift.again</extracomment>
            <translation>Check again</translation>
        </message>
        <message>
            <source>自检%1</source>
            <translation>Test %1</translation>
        </message>
        <message>
            <source>返回</source>
            <extracomment>help.esc</extracomment>
            <translation>Back</translation>
        </message>
        <message>
            <source>读卡器</source>
            <extracomment>dv.names</extracomment>
            <translation>Card reader</translation>
        </message>
        <message>
            <source>证件机</source>
            <extracomment>dv.names</extracomment>
            <translation>ID reader</translation>
        </message>
        <message>
            <source>扫描器</source>
            <extracomment>dv.names</extracomment>
            <translation>Scanner</translation>
        </message>
        <message>
            <source>打印机</source>
            <extracomment>dv.names</extracomment>
            <translation>Printer</translation>
        </message>
        <message>
            <source>乘客屏</source>
            <extracomment>dv.names</extracomment>
            <translation>Passenger screen</translation>
        </message>
        <message>
            <source>中心</source>
            <extracomment>dv.names</extracomment>
            <translation>Hub</translation>
        </message>
        <message>
            <source>正在启动</source>
            <extracomment>st.reader.starting</extracomment>
            <translation>Starting</translation>
        </message>
        <message>
            <source>在线</source>
            <extracomment>st.hub.on</extracomment>
            <translation>Online</translation>
        </message>
        <message>
            <source>正常</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>离线</source>
            <extracomment>st.hub.off</extracomment>
            <translation>Offline</translation>
        </message>
        <message>
            <source>未连接</source>
            <translation>Not connected</translation>
        </message>
        <message>
            <source>未配置</source>
            <extracomment>dv.state.none: no device has this role at this desk</extracomment>
            <translation>None here</translation>
        </message>
        <message>
            <source>被占用</source>
            <extracomment>dv.states</extracomment>
            <translation>In use elsewhere</translation>
        </message>
        <message>
            <source>需要注意</source>
            <extracomment>dv.states</extracomment>
            <translation>Attention</translation>
        </message>
        <message>
            <source>模拟</source>
            <extracomment>dv.states</extracomment>
            <translation>Simulated</translation>
        </message>
        <message>
            <source>读到卡</source>
            <extracomment>dv.event.card</extracomment>
            <translation>card read</translation>
        </message>
        <message>
            <source>读到证件</source>
            <extracomment>dv.event.document</extracomment>
            <translation>ID read</translation>
        </message>
        <message>
            <source>扫描</source>
            <extracomment>dv.event.scan</extracomment>
            <translation>scan</translation>
        </message>
        <message>
            <source>回执</source>
            <extracomment>dv.event.receipt</extracomment>
            <translation>receipt</translation>
        </message>
        <message numerus="yes">
            <source>成功 %n 次</source>
            <extracomment>dv.count: how often since the program started</extracomment>
            <translation>
                <numerusform>%n done</numerusform>
                <numerusform>%n done</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>失败 %n 次</source>
            <extracomment>dv.count.failed</extracomment>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
        <message>
            <source>，</source>
            <extracomment>between two counts</extracomment>
            <translation>, </translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DocumentNumberEdit</name>
        <message>
            <source>证件号</source>
            <extracomment>a11y name of the document number field</extracomment>
            <translation>Document number</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DocumentPage</name>
        <message>
            <source>监护人的证件</source>
            <extracomment>guardian.title</extracomment>
            <translation>The guardian&apos;s ID</translation>
        </message>
        <message>
            <source>姓名</source>
            <extracomment>id.name</extracomment>
            <translation>Name</translation>
        </message>
        <message>
            <source>证件类型</source>
            <extracomment>id.kind</extracomment>
            <translation>Kind of document</translation>
        </message>
        <message>
            <source>↑ ↓</source>
            <extracomment>id.kind.keys</extracomment>
            <translation>↑ ↓</translation>
        </message>
        <message>
            <source>证件号</source>
            <extracomment>id.number</extracomment>
            <translation>Document number</translation>
        </message>
        <message>
            <source>下一步</source>
            <extracomment>btn.next</extracomment>
            <translation>Next</translation>
        </message>
        <message>
            <source>正在核对名下卡片</source>
            <extracomment>id.lookup</extracomment>
            <translation>Checking own cards</translation>
        </message>
        <message>
            <source>请填姓名</source>
            <extracomment>id.name.missing</extracomment>
            <translation>Enter the name</translation>
        </message>
        <message>
            <source>小朋友还没满 14 岁，请出示监护人的身份证。</source>
            <extracomment>say.guardian</extracomment>
            <translation>The child is under 14. May I see the guardian&apos;s ID?</translation>
        </message>
        <message>
            <source>证件没带也没关系，
报一下号码，我来输入。</source>
            <extracomment>say.typed</extracomment>
            <translation>No ID with you? That is fine,
tell me the number and I will type it.</translation>
        </message>
        <message>
            <source>名下情况待中心核对</source>
            <translation>The hub will check the passenger&apos;s cards</translation>
        </message>
        <message>
            <source>离开此步后证件号只显示前 3 位和后 4 位</source>
            <translation>After this step only the first 3 and last 4 characters are shown</translation>
        </message>
        <message>
            <source>改卡的样式</source>
            <extracomment>id.limit.go: back to the card page, where the medium is chosen</extracomment>
            <translation>Change medium</translation>
        </message>
        <message>
            <source>已有实体卡</source>
            <translation>Has a physical card</translation>
        </message>
        <message>
            <source>已有手机卡</source>
            <translation>Has a phone card</translation>
        </message>
        <message>
            <source>马上进入下一步，按任意键停下</source>
            <extracomment>id.auto</extracomment>
            <translation>Going on now; any key stops</translation>
        </message>
        <message numerus="yes">
            <source>多了 %n 位</source>
            <extracomment>id.long</extracomment>
            <translation>
                <numerusform>%n character too many</numerusform>
                <numerusform>%n characters too many</numerusform>
            </translation>
        </message>
        <message>
            <source>这种证件号是 %1 位，请看看哪一位输了两次。</source>
            <extracomment>id.long.sub</extracomment>
            <translation>This kind has %1 characters; see which one was typed twice.</translation>
        </message>
        <message numerus="yes">
            <source>还差 %n 位</source>
            <extracomment>id.short</extracomment>
            <translation>
                <numerusform>%n missing</numerusform>
                <numerusform>%n missing</numerusform>
            </translation>
        </message>
        <message>
            <source>已输 %1 位，还差 %2 位</source>
            <extracomment>id.count</extracomment>
            <translation>%1 typed, %2 missing</translation>
        </message>
        <message>
            <source>证件号还没输完</source>
            <extracomment>id.unfinished</extracomment>
            <translation>Number not complete</translation>
        </message>
        <message numerus="yes">
            <source>已输 %n 位</source>
            <extracomment>id.count.only</extracomment>
            <translation>
                <numerusform>%n typed</numerusform>
                <numerusform>%n typed</numerusform>
            </translation>
        </message>
        <message>
            <source>有一个字符不该出现</source>
            <extracomment>id.charset</extracomment>
            <translation>One character does not belong here</translation>
        </message>
        <message>
            <source>请与证件核对这一位；不要用中文输入法输入字母。</source>
            <extracomment>id.charset.sub</extracomment>
            <translation>Compare it with the document; switch the input method off for letters.</translation>
        </message>
        <message>
            <source>地区代码对不上</source>
            <extracomment>id.region</extracomment>
            <translation>The division code does not match</translation>
        </message>
        <message>
            <source>没有这样的地区代码，请与证件核对划线的地方。</source>
            <extracomment>id.region.sub</extracomment>
            <translation>There is no such division; compare the underlined place with the document.</translation>
        </message>
        <message>
            <source>国家代码对不上</source>
            <extracomment>id.country</extracomment>
            <translation>The country code does not match</translation>
        </message>
        <message>
            <source>没有这样的国家代码，请与证件核对划线的地方。</source>
            <extracomment>id.country.sub</extracomment>
            <translation>There is no such country; compare the underlined place with the document.</translation>
        </message>
        <message>
            <source>出生日期对不上</source>
            <extracomment>id.birth</extracomment>
            <translation>The birth date does not match</translation>
        </message>
        <message>
            <source>没有这一天，或者不可能是这一天，请与证件核对出生日期。</source>
            <extracomment>id.birth.sub</extracomment>
            <translation>There is no such day, or it cannot be; compare the birth date with the document.</translation>
        </message>
        <message>
            <source>多半是前面某一位输错；请从头再看一遍。不是漏输，15 位齐了。</source>
            <extracomment>id.bad.sub15</extracomment>
            <translation>Probably an earlier character is wrong; check again from the start. Nothing is missing, all 15 are there.</translation>
        </message>
        <message>
            <source>多半是前面某一位输错；请从出生日期开始再看一遍。不是漏输，18 位齐了。</source>
            <translation>Probably an earlier digit is wrong; check again from the birth date. Nothing is missing, all 18 are there.</translation>
        </message>
        <message>
            <source>最后一位对不上</source>
            <extracomment>id.bad</extracomment>
            <translation>The last character does not match</translation>
        </message>
        <message>
            <source>证件号的样式对不上</source>
            <extracomment>id.format</extracomment>
            <translation>The number does not look like this kind</translation>
        </message>
        <message>
            <source>请先看证件类型选得对不对，再与证件核对号码。</source>
            <extracomment>id.format.sub</extracomment>
            <translation>See whether the kind is right, then compare the number with the document.</translation>
        </message>
        <message>
            <source>请填证件号</source>
            <extracomment>id.number.missing</extracomment>
            <translation>Enter the number</translation>
        </message>
        <message>
            <source>这种证件现在不能办</source>
            <extracomment>id.notyet</extracomment>
            <translation>Not possible with this document now</translation>
        </message>
        <message>
            <source>它还没有启用，或者已经停用，请乘客换一种证件。</source>
            <extracomment>id.notyet.sub</extracomment>
            <translation>It is not in use yet or no longer; ask for another document.</translation>
        </message>
        <message>
            <source>地址码未收录，请核对证件</source>
            <extracomment>id.region.unknown</extracomment>
            <translation>Division code not listed, please check the document</translation>
        </message>
        <message>
            <source>前 6 位与证件一致就可以继续。</source>
            <extracomment>id.region.unknown.sub</extracomment>
            <translation>Go on when the first 6 digits are those of the document.</translation>
        </message>
        <message>
            <source>证件号的样式少见，请核对证件</source>
            <extracomment>id.unusual</extracomment>
            <translation>An unusual number, please check the document</translation>
        </message>
        <message>
            <source>这种证件号没有校验位，请核对证件</source>
            <translation>Such numbers have no check character, please check the document</translation>
        </message>
        <message>
            <source>每一位都与证件一致就可以继续。</source>
            <extracomment>id.unchecked.sub</extracomment>
            <translation>Go on when every character is that of the document.</translation>
        </message>
        <message>
            <source>旧版证件的号码，请核对有效期。</source>
            <extracomment>id.oldform</extracomment>
            <translation>The number of an older document; check that it has not expired.</translation>
        </message>
        <message>
            <source>证件号核对无误</source>
            <extracomment>id.good</extracomment>
            <translation>The number is right</translation>
        </message>
        <message>
            <source>选证件类型</source>
            <extracomment>help.kind</extracomment>
            <translation>Choose the kind of document</translation>
        </message>
        <message>
            <source>这种证件请您在手机上用「Health Kit（健康宝）」办理。
今天请走人工通道，出示核酸结果。</source>
            <extracomment>say.health-kit: a kind of document that is linked in the mini-program</extracomment>
            <translation>Please link this document in Health Kit on your phone.
Today use the manual lane and show your test result.</translation>
        </message>
        <message>
            <source>%1 尾号 %2，%3 起</source>
            <extracomment>id.card: medium, last four digits, day</extracomment>
            <translation>%1 ending %2, since %3</translation>
        </message>
        <message>
            <source>；</source>
            <extracomment>between the cards of a person</extracomment>
            <translation>; </translation>
        </message>
        <message>
            <source>下一步由中心核对名下卡片</source>
            <extracomment>id.hub.now</extracomment>
            <translation>The next step asks the hub for the cards of this person</translation>
        </message>
        <message>
            <source>身份证</source>
            <extracomment>id.method.reader / id.method.lost: its key and symbol stand beside it</extracomment>
            <translation>ID card</translation>
        </message>
        <message>
            <source>证件机未连接</source>
            <translation>ID reader unplugged</translation>
        </message>
        <message>
            <source>只取姓名、证件类型和证件号；屏幕上一律遮挡，不存照片</source>
            <extracomment>id.privacy / id.masked</extracomment>
            <translation>Only name, type and number are taken; masked on screen, no photo kept</translation>
        </message>
        <message>
            <source>证件里的性别与号码不一致</source>
            <extracomment>id.sex</extracomment>
            <translation>The sex in it is not that of the number</translation>
        </message>
        <message>
            <source>请看证件，号码与本人都对得上再进入下一步</source>
            <extracomment>id.sex.sub</extracomment>
            <translation>Compare number and person with the document before going on</translation>
        </message>
        <message>
            <source>这张按“%1”办理；若是手机里的卡，按 Alt+M 改选“手机”。</source>
            <translation>This one is entered as “%1”; if it is in a phone, press Alt+M and choose “Phone”.</translation>
        </message>
        <message>
            <source>这张按“%1”办理；若不是手机里的卡，按 Alt+M 改选。</source>
            <extracomment>id.limit.phone: what the card was declared as</extracomment>
            <translation>This one is entered as “%1”; if it is not in a phone, press Alt+M and choose again.</translation>
        </message>
        <message>
            <source>等待证件</source>
            <extracomment>id.waiting: on the button that does not work yet</extracomment>
            <translation>Waiting for the ID</translation>
        </message>
        <message>
            <source>请把身份证放在这里。</source>
            <extracomment>say.id</extracomment>
            <translation>Please place your ID here.</translation>
        </message>
        <message>
            <source>培训：按 Ctrl+9 放一张虚拟证件</source>
            <extracomment>id.training: where documents of people who do not exist lie</extracomment>
            <translation>Training: Ctrl+9 places a virtual ID</translation>
        </message>
        <message>
            <source>手工输入</source>
            <extracomment>id.method.typed</extracomment>
            <translation>Type it</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::DonePage</name>
        <message>
            <source>试刷：现在刷闸机，就是这样</source>
            <extracomment>done.trial</extracomment>
            <translation>Trial tap: this is what the gate does now</translation>
        </message>
        <message>
            <source>按本台所知；正在问中心</source>
            <extracomment>done.trial.asking</extracomment>
            <translation>As far as this desk knows; asking the hub</translation>
        </message>
        <message>
            <source>中心刚刚的回答</source>
            <extracomment>done.trial.hub</extracomment>
            <translation>As the hub just answered</translation>
        </message>
        <message>
            <source>按本台所知</source>
            <extracomment>done.trial.here</extracomment>
            <translation>As far as this desk knows</translation>
        </message>
        <message>
            <source>请乘客把这张卡再放一次，就能看到闸机会怎样（试刷）</source>
            <extracomment>done.try</extracomment>
            <translation>Tapping this card once more shows what the gate will do (trial tap)</translation>
        </message>
        <message>
            <source>升级完成</source>
            <extracomment>done.title</extracomment>
            <translation>Upgrade complete</translation>
        </message>
        <message>
            <source>已保存，联网后自动上传</source>
            <extracomment>done.queued</extracomment>
            <translation>Saved, uploads when back online</translation>
        </message>
        <message numerus="yes">
            <source>%1，%2，%n 位</source>
            <extracomment>confirm.card: kind, what the passenger holds, digits</extracomment>
            <translation>
                <numerusform>%1, %2, %n digit</numerusform>
                <numerusform>%1, %2, %n digits</numerusform>
            </translation>
        </message>
        <message>
            <source>%1，%2，第 %3 号</source>
            <extracomment>done.slip: masked name, time, number of the slip</extracomment>
            <translation>%1, %2, slip %3</translation>
        </message>
        <message>
            <source>上传之前，刷闸机还会提示</source>
            <extracomment>gate.pending</extracomment>
            <translation>Until the upload, the gate will still say</translation>
        </message>
        <message>
            <source>上传之前请走人工通道</source>
            <extracomment>done.walk</extracomment>
            <translation>Until the upload, use the manual lane</translation>
        </message>
        <message>
            <source>没有关联</source>
            <extracomment>declined.title</extracomment>
            <translation>Not linked</translation>
        </message>
        <message>
            <source>不关联，卡片保持未升级。可以走人工通道。</source>
            <extracomment>consent.declined</extracomment>
            <translation>Not linked; the card stays as it was. The manual lane is open to you.</translation>
        </message>
        <message>
            <source>没有保存任何信息</source>
            <extracomment>declined.nothing</extracomment>
            <translation>Nothing was saved</translation>
        </message>
        <message>
            <source>现在刷闸机，会听到并看到</source>
            <extracomment>gate.now</extracomment>
            <translation>At the gate now, the passenger hears and sees</translation>
        </message>
        <message>
            <source>闸门不开·不能走自动查验通道</source>
            <extracomment>gate.closed</extracomment>
            <translation>Gate stays closed, automatic lane not available</translation>
        </message>
        <message>
            <source>没关系，您的卡和以前一样。
请走人工通道，出示核酸结果。</source>
            <extracomment>say.declined</extracomment>
            <translation>That is fine, your card stays as it was.
Please use the manual lane with your test result.</translation>
        </message>
        <message>
            <source>好了，已经保存。
这次请走人工通道，下次直接刷卡。</source>
            <extracomment>say.done.queued</extracomment>
            <translation>Done, it is saved. Please use the manual lane this time; next time just tap.</translation>
        </message>
        <message>
            <source>已撤销</source>
            <extracomment>undone.title</extracomment>
            <translation>Undone</translation>
        </message>
        <message>
            <source>这次升级不算，联网后自动告知中心</source>
            <extracomment>undone.sub</extracomment>
            <translation>It does not count any more</translation>
        </message>
        <message>
            <source>刚才的升级已经撤销，您的卡和以前一样。
请走人工通道，出示核酸结果。</source>
            <extracomment>say.undone</extracomment>
            <translation>The upgrade is undone, your card is as it was.
Please use the manual lane with your test result.</translation>
        </message>
        <message>
            <source>%1，%2 中心已确认</source>
            <extracomment>done.hub: masked name, time</extracomment>
            <translation>%1, confirmed by the hub at %2</translation>
        </message>
        <message>
            <source>现在刷闸机</source>
            <extracomment>gate.now.short</extracomment>
            <translation>At the gate now</translation>
        </message>
        <message>
            <source>开闸，流程与以前一样</source>
            <extracomment>gate.open</extracomment>
            <translation>The gate opens, same as before</translation>
        </message>
        <message>
            <source>流程与以前一样，设备自动查验核酸结果</source>
            <translation>Same as before; the gate checks the test result</translation>
        </message>
        <message>
            <source>设备自动查验核酸结果；0、1、2 天放行</source>
            <extracomment>gate.open.note</extracomment>
            <translation>The gate checks the test result; 0, 1 or 2 days pass</translation>
        </message>
        <message>
            <source>0、1、2 天放行；其他情况闸门不开，请走人工通道</source>
            <translation>0, 1 or 2 days pass; otherwise the gate stays closed, use the manual lane</translation>
        </message>
        <message>
            <source>中心退回了</source>
            <extracomment>returned.title</extracomment>
            <translation>Returned by the hub</translation>
        </message>
        <message>
            <source>已转到待处理（F8），按那里的步骤改；这一次请走人工通道</source>
            <extracomment>returned.note</extracomment>
            <translation>It stands under To fix (F8) with what to do; this time, use the manual lane</translation>
        </message>
        <message>
            <source>升级办好了。
今天闸机还不放行，请先做核酸。</source>
            <extracomment>say.done.no</extracomment>
            <translation>The upgrade is done.
The gate will not open today, please take a test first.</translation>
        </message>
        <message>
            <source>好了，现在就可以刷卡进站，
和以前一样刷。</source>
            <extracomment>say.done</extracomment>
            <translation>Done. You can tap in now,
just as before.</translation>
        </message>
        <message>
            <source>刚才这一笔中心没有收下，
请再核对一下，我给您重办。</source>
            <extracomment>say.returned</extracomment>
            <translation>The hub did not accept this.
Let us check once more and do it again.</translation>
        </message>
        <message>
            <source>不会再提示「%1」</source>
            <extracomment>gate.nomore: the sentence on the gate, always in Chinese</extracomment>
            <translation>The message 「%1」 will no longer appear</translation>
        </message>
        <message>
            <source>打印回执</source>
            <extracomment>btn.receipt</extracomment>
            <translation>Print receipt</translation>
        </message>
        <message>
            <source>正在打印回执</source>
            <extracomment>btn.receipt.printing</extracomment>
            <translation>Printing the receipt</translation>
        </message>
        <message>
            <source>重新打印</source>
            <extracomment>btn.receipt.again</extracomment>
            <translation>Print again</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::FlowCountdown</name>
        <message numerus="yes">
            <source>%n 秒后自动进入确认，按任意键停下</source>
            <translation>
                <numerusform>Confirm in %n s; any key stops</numerusform>
                <numerusform>Confirm in %n s; any key stops</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n 秒后回到待机，放卡立即开始</source>
            <translation>
                <numerusform>Back to idle in %n s; a tap starts at once</numerusform>
                <numerusform>Back to idle in %n s; a tap starts at once</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::FlowNotice</name>
        <message>
            <source>读到另一张卡：%1</source>
            <translation>Another card was read: %1</translation>
        </message>
        <message>
            <source>输入了另一张卡的卡号，尾号 %1</source>
            <translation>The number of another card was typed, ending %1</translation>
        </message>
        <message>
            <source>读到另一张卡，尾号 %1</source>
            <translation>Another card was read, ending %1</translation>
        </message>
        <message>
            <source>换成这张</source>
            <extracomment>card.other.adopt</extracomment>
            <translation>Use this one</translation>
        </message>
        <message>
            <source>已撤销，尾号 %1</source>
            <extracomment>undo.done</extracomment>
            <translation>Undone, ending %1</translation>
        </message>
        <message>
            <source>恢复</source>
            <extracomment>btn.redo</extracomment>
            <translation>Restore</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::FlowPage</name>
        <message>
            <source>已同意 %1</source>
            <extracomment>step.consent.note</extracomment>
            <translation>Agreed %1</translation>
        </message>
        <message>
            <source>待补查</source>
            <extracomment>state.pend</extracomment>
            <translation>To be checked</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <extracomment>step.card.note: kind of card, last four digits; what may be cut off stands last</extracomment>
            <translation>%2 %1</translation>
        </message>
        <message>
            <source>回到办过的一步</source>
            <extracomment>help.jump: Alt and the number of a step</extracomment>
            <translation>Back to a step that is done</translation>
        </message>
        <message>
            <source>退回一步</source>
            <extracomment>help.back: the same as the button that goes one step back</extracomment>
            <translation>One step back</translation>
        </message>
        <message>
            <source>今天不能进站</source>
            <translation>May not enter today</translation>
        </message>
        <message numerus="yes">
            <source>核酸 %n 天</source>
            <translation>
                <numerusform>Test %n day</numerusform>
                <numerusform>Test %n days</numerusform>
            </translation>
        </message>
        <message>
            <source>换乘客屏的语言</source>
            <extracomment>help.passenger.language</extracomment>
            <translation>Passenger's language</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::GatePreview</name>
        <message>
            <source>闸机</source>
            <extracomment>a11y name of the gate preview</extracomment>
            <translation>Gate</translation>
        </message>
        <message>
            <source>开闸</source>
            <extracomment>a11y: the gate opens</extracomment>
            <translation>The gate opens</translation>
        </message>
        <message>
            <source>闸门不开</source>
            <extracomment>a11y: the gate stays closed</extracomment>
            <translation>The gate stays closed</translation>
        </message>
        <message>
            <source>闸门不开，提示 %1</source>
            <extracomment>a11y: the gate stays closed and says %1</extracomment>
            <translation>The gate stays closed and says %1</translation>
        </message>
        <message>
            <source>；</source>
            <translation>; </translation>
        </message>
        <message>
            <source>没有查到健康码信息，请尽快授权升级。闸门不开。</source>
            <extracomment>gate.led.meaning: shown in English only</extracomment>
            <translation>Meaning: no health code information found, please authorise the upgrade soon. The gate stays closed.</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::HealthPage</name>
        <message>
            <source>中心离线，现在查不到</source>
            <translation>Hub offline, cannot check now</translation>
        </message>
        <message>
            <source>先办升级，稍后补查</source>
            <extracomment>health.off.title</extracomment>
            <translation>Upgrade now, check later</translation>
        </message>
        <message>
            <source>联网后自动上传、自动补查，&lt;b&gt;不用再叫乘客回来&lt;/b&gt;。</source>
            <extracomment>health.off.sub</extracomment>
            <translation>Uploaded and checked by itself when back online; &lt;b&gt;no need to call the passenger back&lt;/b&gt;.</translation>
        </message>
        <message numerus="yes">
            <source>前面 %n 条。</source>
            <extracomment>health.off.queue</extracomment>
            <translation>
                <numerusform> %n record before it.</numerusform>
                <numerusform> %n records before it.</numerusform>
            </translation>
        </message>
        <message>
            <source>下一步，稍后补查</source>
            <extracomment>btn.later</extracomment>
            <translation>Next, check later</translation>
        </message>
        <message>
            <source>升级先给您办好。
这次请走人工通道，下次直接刷卡。</source>
            <extracomment>say.offline</extracomment>
            <translation>I will finish the upgrade now. Please use the manual lane this time; next time just tap.</translation>
        </message>
        <message>
            <source>上传之前，刷闸机还会提示</source>
            <extracomment>gate.pending</extracomment>
            <translation>Until the upload, the gate will still say</translation>
        </message>
        <message>
            <source>请乘客这一次走人工通道，出示核酸结果</source>
            <extracomment>health.off.walk</extracomment>
            <translation>This time, use the manual lane and show the test result</translation>
        </message>
        <message>
            <source>健康码</source>
            <extracomment>health.code</extracomment>
            <translation>Health code</translation>
        </message>
        <message>
            <source>来源</source>
            <extracomment>health.source</extracomment>
            <translation>Source</translation>
        </message>
        <message>
            <source>查询时间</source>
            <extracomment>health.asked</extracomment>
            <translation>Asked at</translation>
        </message>
        <message>
            <source>用时</source>
            <extracomment>health.took</extracomment>
            <translation>Took</translation>
        </message>
        <message>
            <source>健康码异常</source>
            <extracomment>health.abnormal</extracomment>
            <translation>Health code abnormal</translation>
        </message>
        <message numerus="yes">
            <source>%n 天</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message>
            <source>没有结果</source>
            <extracomment>health.none</extracomment>
            <translation>No result</translation>
        </message>
        <message>
            <source>中心没有回答，现在查不到</source>
            <translation>The hub did not answer, cannot check now</translation>
        </message>
        <message>
            <source>健康信息服务</source>
            <extracomment>health.asking.sub</extracomment>
            <translation>Health information service</translation>
        </message>
        <message>
            <source>正在查询</source>
            <extracomment>health.asking</extracomment>
            <translation>Checking</translation>
        </message>
        <message>
            <source>电脑时间还没有和中心核对过</source>
            <extracomment>health.time.sub</extracomment>
            <translation>The hub has not confirmed the time of this machine</translation>
        </message>
        <message>
            <source>现在判断不了天数</source>
            <extracomment>health.time</extracomment>
            <translation>Days cannot be counted now</translation>
        </message>
        <message>
            <source>核酸阴性</source>
            <translation>Test negative</translation>
        </message>
        <message>
            <source>核酸检测</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>结果已经查到，但这台电脑的日期不一定对，不能据此说能不能进站。升级照常办，中心会再查一次。</source>
            <extracomment>health.time.text</extracomment>
            <translation>There is a result, but the date of this machine may be wrong, so it cannot say who may enter. The upgrade goes on, and the hub checks again.</translation>
        </message>
        <message>
            <source>异常</source>
            <extracomment>health.code.bad / health.code.ok</extracomment>
            <translation>Abnormal</translation>
        </message>
        <message>
            <source>正常</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>%1 秒</source>
            <extracomment>health.seconds</extracomment>
            <translation>%1 s</translation>
        </message>
        <message>
            <source>健康信息服务（中心）</source>
            <translation>Health information service (hub)</translation>
        </message>
        <message>
            <source>检测结果导入（中心）</source>
            <translation>Imported results (hub)</translation>
        </message>
        <message>
            <source>办好以后刷闸机</source>
            <extracomment>gate.after</extracomment>
            <translation>At the gate after the upgrade</translation>
        </message>
        <message>
            <source>开闸，流程与以前一样</source>
            <extracomment>gate.open</extracomment>
            <translation>The gate opens, same as before</translation>
        </message>
        <message>
            <source>设备自动查验核酸结果；0、1、2 天放行</source>
            <extracomment>gate.open.note</extracomment>
            <translation>The gate checks the test result; 0, 1 or 2 days pass</translation>
        </message>
        <message>
            <source>升级可以办，今天闸机不放行；请先做核酸</source>
            <extracomment>health.no</extracomment>
            <translation>The upgrade can go on, but the gate will not open today; a test is needed first</translation>
        </message>
        <message>
            <source>重新查询</source>
            <extracomment>btn.requery</extracomment>
            <translation>Query again</translation>
        </message>
        <message>
            <source>下一步</source>
            <extracomment>btn.next</extracomment>
            <translation>Next</translation>
        </message>
        <message>
            <source>请稍等，正在查您的核酸结果。</source>
            <extracomment>say.asking</extracomment>
            <translation>One moment please, I am looking up your test result.</translation>
        </message>
        <message numerus="yes">
            <source>您的核酸是 %n 天，可以进站。
最后核对一下就办好了。</source>
            <extracomment>say.health.ok</extracomment>
            <translation>
                <numerusform>Your test is %n day old, you may enter.
One last check.</numerusform>
                <numerusform>Your test is %n days old, you may enter.
One last check.</numerusform>
            </translation>
        </message>
        <message>
            <source>升级可以给您办。
今天请听工作人员安排，先不进站。</source>
            <extracomment>say.health.abnormal</extracomment>
            <translation>I can do the upgrade.
Please do not enter today and follow what the staff tell you.</translation>
        </message>
        <message numerus="yes">
            <source>您的核酸是 %n 天，升级可以给您办。
今天请先做核酸再进站。</source>
            <translation>
                <numerusform>Your test is %n day old. I can do the upgrade.
Please take a test before you enter.</numerusform>
                <numerusform>Your test is %n days old. I can do the upgrade.
Please take a test before you enter.</numerusform>
            </translation>
        </message>
        <message>
            <source>没有查到您的核酸结果，升级可以给您办。
今天请先做核酸再进站。</source>
            <extracomment>say.health.none</extracomment>
            <translation>No test result was found. I can do the upgrade.
Please take a test before you enter.</translation>
        </message>
        <message>
            <source>健康码异常，请按站内规定劝返；升级照常办</source>
            <extracomment>health.abnormal.hint</extracomment>
            <translation>Health code abnormal: turn back by the rules of the station; the upgrade goes on</translation>
        </message>
        <message>
            <source>今天不能进站，请按站内规定劝返；升级照常办</source>
            <translation>May not enter today: turn back by the rules of the station; the upgrade goes on</translation>
        </message>
        <message>
            <source>已扫健康码，随记录交中心核对</source>
            <extracomment>health.code: scanned from the phone of the passenger</extracomment>
            <translation>Health code scanned; the hub checks it with the record</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::HelpPanel</name>
        <message>
            <source>这一页的按键</source>
            <extracomment>help.title</extracomment>
            <translation>Keys of this page</translation>
        </message>
        <message>
            <source>按 F1 或 Esc 收起</source>
            <extracomment>help.foot</extracomment>
            <translation>F1 or Esc closes this</translation>
        </message>
        <message>
            <source>各页都有</source>
            <extracomment>help.everywhere</extracomment>
            <translation>On every page</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::IdReaderFace</name>
        <message>
            <source>%1 %2</source>
            <extracomment>id.read: kind of document, masked number</extracomment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>证件机未连接</source>
            <extracomment>st.id.off: the reader of identity cards</extracomment>
            <translation>ID reader unplugged</translation>
        </message>
        <message>
            <source>正在读证件</source>
            <extracomment>id.reading</extracomment>
            <translation>Reading the ID</translation>
        </message>
        <message>
            <source>请不要移开</source>
            <extracomment>id.reading.sub</extracomment>
            <translation>Leave it where it is</translation>
        </message>
        <message>
            <source>请再放一次</source>
            <extracomment>err.id.title / id.other</extracomment>
            <translation>Place it again</translation>
        </message>
        <message>
            <source>请换一个证件</source>
            <translation>Use another document</translation>
        </message>
        <message>
            <source>请放证件</source>
            <extracomment>id.wait</extracomment>
            <translation>Place the ID</translation>
        </message>
        <message>
            <source>放上证件机，读到后自动进入下一步；已经放着的，请拿起重新放置</source>
            <extracomment>id.wait.sub</extracomment>
            <translation>On the ID reader; goes on by itself. If it lies there already, lift it and place it again</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::IdlePage</name>
        <message>
            <source>读卡器断开了</source>
            <extracomment>err.reader</extracomment>
            <translation>Reader unplugged</translation>
        </message>
        <message>
            <source>已办理</source>
            <extracomment>shift.linked</extracomment>
            <translation>Done</translation>
        </message>
        <message>
            <source>其中代办</source>
            <extracomment>shift.behalf</extracomment>
            <translation>for others</translation>
        </message>
        <message>
            <source>待上传</source>
            <extracomment>shift.waiting</extracomment>
            <translation>Waiting</translation>
        </message>
        <message>
            <source>已上传</source>
            <extracomment>shift.accepted</extracomment>
            <translation>Uploaded</translation>
        </message>
        <message>
            <source>最近办理</source>
            <extracomment>shift.recent</extracomment>
            <translation>Recent</translation>
        </message>
        <message>
            <source>卡号尾 4 位</source>
            <extracomment>shift.lastfour</extracomment>
            <translation>last 4 digits</translation>
        </message>
        <message>
            <source>%1 起没有响应，插好后自动恢复</source>
            <extracomment>err.reader.sub</extracomment>
            <translation>No answer since %1; recovers when plugged in</translation>
        </message>
        <message>
            <source>没读完，请再放一次</source>
            <extracomment>err.read</extracomment>
            <translation>Not fully read</translation>
        </message>
        <message>
            <source>请只放一张卡</source>
            <extracomment>err.several</extracomment>
            <translation>Leave only one card</translation>
        </message>
        <message>
            <source>读卡区有两张卡，请只放一张</source>
            <extracomment>err.several.sub</extracomment>
            <translation>Two cards on the reader; leave only one</translation>
        </message>
        <message>
            <source>请再放一次</source>
            <extracomment>err.phones.title</extracomment>
            <translation>Place it again</translation>
        </message>
        <message>
            <source>手机里有多张卡，请乘客在手机上选好再放</source>
            <extracomment>err.phones</extracomment>
            <translation>Several cards in the phone; choose one on the phone first</translation>
        </message>
        <message>
            <source>卡拿开得太早；放稳，等页面换了再拿</source>
            <translation>Please place it again and hold it until the page changes</translation>
        </message>
        <message>
            <source>请稍等</source>
            <extracomment>idle.starting</extracomment>
            <translation>One moment</translation>
        </message>
        <message>
            <source>读卡器正在启动</source>
            <extracomment>idle.starting.sub</extracomment>
            <translation>The reader is starting</translation>
        </message>
        <message>
            <source>请刷卡</source>
            <extracomment>idle.title</extracomment>
            <translation>Tap a card</translation>
        </message>
        <message>
            <source>放在读卡区，自动识别卡种和卡号</source>
            <extracomment>idle.sub</extracomment>
            <translation>Place it on the reader; kind and number are recognised</translation>
        </message>
        <message>
            <source>中心离线，照常办理，联网后自动上传</source>
            <translation>Hub offline: work as usual, uploads when back online</translation>
        </message>
        <message>
            <source>看读卡器的灯；不亮就把 USB 线拔下再插紧</source>
            <extracomment>err.reader.1</extracomment>
            <translation>Check the light; if off, unplug and plug firmly</translation>
        </message>
        <message>
            <source>还不行，换一个 USB 口</source>
            <extracomment>err.reader.2</extracomment>
            <translation>Try another USB port</translation>
        </message>
        <message>
            <source>2 分钟仍不恢复，换备用读卡器</source>
            <extracomment>err.reader.3</extracomment>
            <translation>After 2 minutes, use the spare reader</translation>
        </message>
        <message>
            <source>本班 %1 起</source>
            <translation>This shift, since %1</translation>
        </message>
        <message>
            <source>本班</source>
            <translation>This shift</translation>
        </message>
        <message>
            <source>输入卡号</source>
            <extracomment>idle.type.go
----------
help.digits: typing opens the look-up</extracomment>
            <translation>Type number</translation>
        </message>
        <message>
            <source>现在就能继续：请乘客报卡号，手工输入</source>
            <extracomment>err.reader.go</extracomment>
            <translation>Go on now: type the number read out to you</translation>
        </message>
        <message>
            <source>读不出？直接按数字键输入卡号</source>
            <translation>Not readable? Just type the number</translation>
        </message>
        <message>
            <source>按数字键直接开始；卡已经读过的乘客不受影响</source>
            <extracomment>err.reader.go.sub</extracomment>
            <translation>Any digit starts it; cards already read are not affected</translation>
        </message>
        <message>
            <source>位数不同没关系，边输边核对；手机请先亮屏再放一次</source>
            <translation>Any length will do, it is checked as you type; wake a phone and place it again</translation>
        </message>
        <message>
            <source>卡里的数据读不完整；再放一次仍这样，请输入卡号</source>
            <translation>Its data is incomplete; if placing it again does not help, type the number</translation>
        </message>
        <message>
            <source>已撤销，尾号 %1</source>
            <extracomment>undo.done</extracomment>
            <translation>Undone, ending %1</translation>
        </message>
        <message>
            <source>恢复</source>
            <extracomment>btn.redo</extracomment>
            <translation>Restore</translation>
        </message>
        <message>
            <source>知道了</source>
            <extracomment>help.dismiss: what was said of a torn reading goes away</extracomment>
            <translation>Got it</translation>
        </message>
        <message>
            <source>撤销</source>
            <extracomment>btn.undo</extracomment>
            <translation>Undo</translation>
        </message>
        <message>
            <source>正在连接中心，可以照常办理</source>
            <extracomment>idle.starting.hub</extracomment>
            <translation>Connecting to the hub; work as usual</translation>
        </message>
        <message>
            <source>已读到证件，请刷卡</source>
            <extracomment>idle.idfirst</extracomment>
            <translation>ID read, now tap the card</translation>
        </message>
        <message>
            <source>60 秒内刷卡就直接开始，不用再放证件</source>
            <extracomment>idle.idfirst.sub</extracomment>
            <translation>A tap within 60 seconds starts at once, without the ID</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::InboxList</name>
        <message>
            <source>尾号 %1，%2</source>
            <extracomment>ix.card: last four digits, medium</extracomment>
            <translation>Ending %1, %2</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::InboxPage</name>
        <message>
            <source>待处理</source>
            <extracomment>nav.inbox</extracomment>
            <translation>To fix</translation>
        </message>
        <message>
            <source>↑ ↓ 换条目</source>
            <extracomment>ix.moves</extracomment>
            <translation>↑ ↓ other entry</translation>
        </message>
        <message>
            <source>乘客</source>
            <extracomment>confirm.holder</extracomment>
            <translation>Passenger</translation>
        </message>
        <message>
            <source>办理</source>
            <extracomment>ix.made</extracomment>
            <translation>Made</translation>
        </message>
        <message>
            <source>现在刷闸机</source>
            <extracomment>gate.now.short</extracomment>
            <translation>At the gate now</translation>
        </message>
        <message>
            <source>怎么改</source>
            <extracomment>ix.how</extracomment>
            <translation>How to fix it</translation>
        </message>
        <message>
            <source>没有要处理的，这里会列出中心退回的记录。</source>
            <extracomment>inbox.empty</extracomment>
            <translation>Nothing to fix. Records the hub returns are listed here.</translation>
        </message>
        <message numerus="yes">
            <source>%n 条待处理</source>
            <extracomment>ix.count</extracomment>
            <translation>
                <numerusform>%n to fix</numerusform>
                <numerusform>%n to fix</numerusform>
            </translation>
        </message>
        <message>
            <source>中心退回 %1，%2</source>
            <translation>Returned %1, %2</translation>
        </message>
        <message>
            <source>中心退回，%1</source>
            <translation>Returned, %1</translation>
        </message>
        <message>
            <source>%1，%2，%3，第 %4 号</source>
            <extracomment>ix.made: kind, operator, day and time, number of the slip</extracomment>
            <translation>%1, %2, %3, slip %4</translation>
        </message>
        <message>
            <source>乘客还在</source>
            <extracomment>ix.here</extracomment>
            <translation>Still here</translation>
        </message>
        <message>
            <source>怎么办</source>
            <translation>What to do</translation>
        </message>
        <message>
            <source>乘客已走</source>
            <extracomment>ix.gone</extracomment>
            <translation>Gone</translation>
        </message>
        <message>
            <source>先留着，乘客再来刷卡时会提醒</source>
            <extracomment>ix.gone.text</extracomment>
            <translation>Leave it; you are reminded when the card is tapped again</translation>
        </message>
        <message>
            <source>不办了</source>
            <extracomment>ix.drop</extracomment>
            <translation>Not wanted</translation>
        </message>
        <message>
            <source>作废这条；卡片和关联都不变</source>
            <extracomment>ix.drop.text</extracomment>
            <translation>Void this entry; card and links stay as they are</translation>
        </message>
        <message>
            <source>已作废，尾号 %1</source>
            <extracomment>ix.dropped</extracomment>
            <translation>Voided, ending %1</translation>
        </message>
        <message>
            <source>撤销</source>
            <extracomment>btn.undo</extracomment>
            <translation>Undo</translation>
        </message>
        <message>
            <source>返回办理</source>
            <extracomment>q.back</extracomment>
            <translation>Back to work</translation>
        </message>
        <message>
            <source>再传一次</source>
            <extracomment>ix.again</extracomment>
            <translation>Send again</translation>
        </message>
        <message>
            <source>作废，可撤销</source>
            <extracomment>ix.drop.go</extracomment>
            <translation>Void (undoable)</translation>
        </message>
        <message>
            <source>重新办理</source>
            <extracomment>ix.fix.redo</extracomment>
            <translation>Do it again</translation>
        </message>
        <message>
            <source>知道了</source>
            <extracomment>ix.fix.known</extracomment>
            <translation>Understood</translation>
        </message>
        <message>
            <source>换条目</source>
            <extracomment>help.entries</extracomment>
            <translation>Other entry</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::InputGuards</name>
        <message>
            <source>扫描</source>
            <extracomment>st.scan</extracomment>
            <translation>Scan</translation>
        </message>
        <message>
            <source>这里用不上，没有输入</source>
            <extracomment>st.scan.unused</extracomment>
            <translation>not used here, nothing typed</translation>
        </message>
        <message numerus="yes">
            <source>%n 秒后锁屏，按任意键继续</source>
            <extracomment>st.idle: before the desk locks itself</extracomment>
            <translation>
                <numerusform>Locks in %n s; any key to go on</numerusform>
                <numerusform>Locks in %n s; any key to go on</numerusform>
            </translation>
        </message>
        <message>
            <source>证件号要出示证件，没有输入</source>
            <extracomment>st.scan.document: a number of a person, without a name</extracomment>
            <translation>an ID number needs its document, nothing typed</translation>
        </message>
        <message>
            <source>不支持的码</source>
            <extracomment>st.scan.certificate: an international health certificate</extracomment>
            <translation>unsupported code</translation>
        </message>
        <message>
            <source>没读清，请再扫一次</source>
            <extracomment>st.scan.garbled</extracomment>
            <translation>not readable, scan again</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::LengthBars</name>
        <message>
            <source>位</source>
            <extracomment>unit after a number of digits</extracomment>
            <translation>digits</translation>
        </message>
        <message>
            <source>各种卡有几位</source>
            <extracomment>lk.lengths</extracomment>
            <translation>How long each kind is</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::LoginPage</name>
        <message>
            <source>票务升级服务台</source>
            <extracomment>app.title</extracomment>
            <translation>Ticket upgrade desk</translation>
        </message>
        <message>
            <source>开机自检</source>
            <extracomment>login.checks</extracomment>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>中心</source>
            <extracomment>login.hub</extracomment>
            <translation>Hub</translation>
        </message>
        <message>
            <source>队列</source>
            <extracomment>login.queue</extracomment>
            <translation>Queue</translation>
        </message>
        <message>
            <source>登录接班</source>
            <extracomment>login.title</extracomment>
            <translation>Log in</translation>
        </message>
        <message>
            <source>没有网络也能登录</source>
            <extracomment>login.sub</extracomment>
            <translation>Works without a network</translation>
        </message>
        <message>
            <source>工号</source>
            <extracomment>login.operator</extracomment>
            <translation>Operator</translation>
        </message>
        <message>
            <source>PIN（6 位）</source>
            <extracomment>login.pin</extracomment>
            <translation>PIN (6 digits)</translation>
        </message>
        <message>
            <source>登录</source>
            <extracomment>login.go</extracomment>
            <translation>Log in</translation>
        </message>
        <message>
            <source>正在核对</source>
            <extracomment>login.checking</extracomment>
            <translation>Checking</translation>
        </message>
        <message>
            <source>这台电脑还没有人员，请找值班站长登记。</source>
            <extracomment>login.none</extracomment>
            <translation>Nobody is enrolled on this desk; ask the supervisor.</translation>
        </message>
        <message numerus="yes">
            <source>还差 %n 位；满 6 位自动登录。忘记 PIN 请找值班站长。</source>
            <extracomment>login.more</extracomment>
            <translation>
                <numerusform>%n more; logs in at 6. Forgotten PIN: ask the supervisor.</numerusform>
                <numerusform>%n more; logs in at 6. Forgotten PIN: ask the supervisor.</numerusform>
            </translation>
        </message>
        <message>
            <source>读卡器</source>
            <extracomment>dv.names</extracomment>
            <translation>Reader</translation>
        </message>
        <message>
            <source>正在启动</source>
            <extracomment>login.reader.starting</extracomment>
            <translation>starting</translation>
        </message>
        <message>
            <source>未连接，插好后自动恢复</source>
            <extracomment>login.reader.lost</extracomment>
            <translation>unplugged; plug it in</translation>
        </message>
        <message>
            <source>离线，照常办理</source>
            <translation>offline, work as usual</translation>
        </message>
        <message numerus="yes">
            <source>%n 条待传</source>
            <extracomment>login.queue.waiting</extracomment>
            <translation>
                <numerusform>%n waiting</numerusform>
                <numerusform>%n waiting</numerusform>
            </translation>
        </message>
        <message>
            <source>模拟</source>
            <extracomment>dv.states: simulated</extracomment>
            <translation>simulated</translation>
        </message>
        <message>
            <source>已锁屏</source>
            <extracomment>lock.title</extracomment>
            <translation>Locked</translation>
        </message>
        <message numerus="yes">
            <source>%1，%n 分钟没有操作。办到一半的内容已保留。</source>
            <translation>
                <numerusform>%1, no activity for %n minute. Your work is kept.</numerusform>
                <numerusform>%1, no activity for %n min. Your work is kept.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1，%n 分钟没有操作。</source>
            <translation>
                <numerusform>%1, no activity for %n minute.</numerusform>
                <numerusform>%1, no activity for %n min.</numerusform>
            </translation>
        </message>
        <message>
            <source>选工号</source>
            <extracomment>help.login: how the operator and the PIN are entered</extracomment>
            <translation>Choose the operator</translation>
        </message>
        <message>
            <source>输入 PIN</source>
            <translation>Type the PIN</translation>
        </message>
        <message>
            <source>在线</source>
            <extracomment>st.hub.on</extracomment>
            <translation>Online</translation>
        </message>
        <message>
            <source>正在连接</source>
            <extracomment>st.hub.starting</extracomment>
            <translation>Connecting</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::LookButtons</name>
        <message>
            <source>浅色</source>
            <extracomment>look.dark and look.light: what the button changes to</extracomment>
            <translation>Light</translation>
        </message>
        <message>
            <source>深色</source>
            <translation>Dark</translation>
        </message>
        <message>
            <source>字号 %1%</source>
            <extracomment>look.text: text size in per cent</extracomment>
            <translation>Text %1%</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::LookupPage</name>
        <message>
            <source>卡号查询</source>
            <extracomment>lk.title</extracomment>
            <translation>Look up</translation>
        </message>
        <message>
            <source>输入的卡号</source>
            <extracomment>lk.input</extracomment>
            <translation>Number typed</translation>
        </message>
        <message>
            <source>Backspace 删一位，Home / End 移动</source>
            <extracomment>lk.keys</extracomment>
            <translation>Backspace deletes, Home / End move</translation>
        </message>
        <message>
            <source>各种卡有几位</source>
            <extracomment>lk.lengths</extracomment>
            <translation>How long each kind is</translation>
        </message>
        <message>
            <source>改为刷卡读取</source>
            <extracomment>lk.tap</extracomment>
            <translation>Tap instead</translation>
        </message>
        <message numerus="yes">
            <source>少 %n 位</source>
            <extracomment>lk: badge, digits missing</extracomment>
            <translation>
                <numerusform>%n digit missing</numerusform>
                <numerusform>%n digits missing</numerusform>
            </translation>
        </message>
        <message>
            <source>少一位</source>
            <extracomment>lk: badge, one digit missing</extracomment>
            <translation>One digit missing</translation>
        </message>
        <message numerus="yes">
            <source>多 %n 位</source>
            <extracomment>lk: badge, digits too many</extracomment>
            <translation>
                <numerusform>%n digit too many</numerusform>
                <numerusform>%n digits too many</numerusform>
            </translation>
        </message>
        <message>
            <source>查不到</source>
            <extracomment>lk: badge, no known kind starts like this</extracomment>
            <translation>Not known</translation>
        </message>
        <message>
            <source>要刷卡</source>
            <extracomment>lk: badge, the number printed does not tell the card</extracomment>
            <translation>Tap needed</translation>
        </message>
        <message>
            <source>位数齐了</source>
            <extracomment>lk: badge, the number is whole</extracomment>
            <translation>All digits there</translation>
        </message>
        <message>
            <source>前面多印一个 0 的，0 不算</source>
            <extracomment>lk.lengths: under a kind whose number may be printed with a 0 that does not count</extracomment>
            <translation>A 0 printed in front does not count</translation>
        </message>
        <message>
            <source>早期卡面印 %1 位的，请刷卡</source>
            <extracomment>lk.lengths: under a kind with other numbers printed on early cards</extracomment>
            <translation>Early cards with %1 printed: tap them</translation>
        </message>
        <message>
            <source>%1 读过，本台办过</source>
            <extracomment>lk.near: when the card was read here; it was linked here</extracomment>
            <translation>Read %1, linked here</translation>
        </message>
        <message>
            <source>%1 读过</source>
            <extracomment>lk.near: when the card was read here</extracomment>
            <translation>Read at %1</translation>
        </message>
        <message>
            <source>采用第 %1 个</source>
            <extracomment>lk.adopt</extracomment>
            <translation>Use number %1</translation>
        </message>
        <message>
            <source>请输入卡号</source>
            <extracomment>lk: primary, nothing typed yet</extracomment>
            <translation>Type the number</translation>
        </message>
        <message numerus="yes">
            <source>还差 %n 位</source>
            <extracomment>lk: primary, digits missing</extracomment>
            <translation>
                <numerusform>%n more digit</numerusform>
                <numerusform>%n more digits</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>多了 %n 位</source>
            <extracomment>lk: primary, digits too many</extracomment>
            <translation>
                <numerusform>%n digit too many</numerusform>
                <numerusform>%n digits too many</numerusform>
            </translation>
        </message>
        <message>
            <source>请刷卡读取</source>
            <extracomment>lk: primary, only the card itself tells</extracomment>
            <translation>Please tap the card</translation>
        </message>
        <message>
            <source>查这个卡号</source>
            <extracomment>lk.go</extracomment>
            <translation>Look it up</translation>
        </message>
        <message>
            <source>上一步</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>清空</source>
            <translation>Clear</translation>
        </message>
        <message>
            <source>卡的种类不同，位数也不同。您这种卡是 %1 位，刚才少输了一位。</source>
            <extracomment>say.lookup, one digit missing</extracomment>
            <translation>Different cards have different lengths. Yours has %1 digits; one was missed.</translation>
        </message>
        <message>
            <source>卡的种类不同，位数也不同。您这种卡是 %1 位，请接着往下念。</source>
            <extracomment>say.lookup.more, still being read out</extracomment>
            <translation>Different cards have different lengths. Yours has %1 digits; please read on.</translation>
        </message>
        <message>
            <source>您这种卡没有这么多位，请从头再念一遍，我来核对。</source>
            <extracomment>say.lookup.long</extracomment>
            <translation>Your kind of card has fewer digits. Please read it out again from the start.</translation>
        </message>
        <message>
            <source>这个号码我查不到，请把卡放在读卡区上。</source>
            <extracomment>say.lookup.tap</extracomment>
            <translation>I cannot find this number. Please place the card on the reader.</translation>
        </message>
        <message>
            <source>卡面上这个号码不够用，请把卡放在读卡区上。</source>
            <extracomment>say.lookup.older</extracomment>
            <translation>The number printed on this card is not enough. Please place the card on the reader.</translation>
        </message>
        <message>
            <source>卡号齐了。我念一遍，请您对着卡面核对。</source>
            <extracomment>say.lookup.whole</extracomment>
            <translation>That is all of it. I will read it back; please check it against your card.</translation>
        </message>
        <message>
            <source>请把卡面上的号码念给我听，四位一组，从左边开始。</source>
            <extracomment>say.lookup.start</extracomment>
            <translation>Please read me the number on the card, four digits at a time, from the left.</translation>
        </message>
        <message>
            <source>前缀</source>
            <extracomment>lk: check of the first digits</extracomment>
            <translation>Prefix</translation>
        </message>
        <message>
            <source>位数</source>
            <extracomment>lk: check of the number of digits</extracomment>
            <translation>Length</translation>
        </message>
        <message>
            <source>校验位</source>
            <extracomment>lk: check of the check digit</extracomment>
            <translation>Check digit</translation>
        </message>
        <message>
            <source>已排除</source>
            <extracomment>lk: kinds it cannot be</extracomment>
            <translation>Ruled out</translation>
        </message>
        <message>
            <source>选只差一位的卡号</source>
            <extracomment>help.near: one of the cards that differ in one digit</extracomment>
            <translation>Choose a number that differs in one digit</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::MainWindow</name>
        <message>
            <source>票务升级服务台</source>
            <extracomment>app.title</extracomment>
            <translation>Ticket upgrade desk</translation>
        </message>
        <message>
            <source>读卡器断开了</source>
            <extracomment>err.reader / err.reader.back</extracomment>
            <translation>Reader unplugged</translation>
        </message>
        <message>
            <source>升级办理</source>
            <extracomment>nav.upgrade</extracomment>
            <translation>Upgrade</translation>
        </message>
        <message>
            <source>锁屏 / 换班</source>
            <extracomment>nav.lock</extracomment>
            <translation>Lock</translation>
        </message>
        <message>
            <source>卡号查询</source>
            <extracomment>nav.lookup</extracomment>
            <translation>Look up</translation>
        </message>
        <message>
            <source>读卡器恢复了</source>
            <translation>Reader back</translation>
        </message>
        <message>
            <source>帮助</source>
            <extracomment>nav.help</extracomment>
            <translation>Help</translation>
        </message>
        <message>
            <source>待处理</source>
            <extracomment>nav.inbox</extracomment>
            <translation>To fix</translation>
        </message>
        <message>
            <source>队列 / 同步</source>
            <extracomment>nav.queue</extracomment>
            <translation>Queue</translation>
        </message>
        <message>
            <source>设备</source>
            <extracomment>nav.devices</extracomment>
            <translation>Devices</translation>
        </message>
        <message>
            <source>证件机断开了</source>
            <extracomment>err.id.reader / err.id.reader.back</extracomment>
            <translation>ID reader unplugged</translation>
        </message>
        <message>
            <source>证件机恢复了</source>
            <translation>ID reader is back</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::NearRow</name>
        <message>
            <source>第 %1 个，已选</source>
            <extracomment>a11y: the place of a near match in its list; whether it is chosen</extracomment>
            <translation>Number %1, chosen</translation>
        </message>
        <message>
            <source>第 %1 个</source>
            <translation>Number %1</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::PassengerPreview</name>
        <message>
            <source>乘客屏正在显示</source>
            <extracomment>side.screen</extracomment>
            <translation>Passenger screen shows</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::PinEdit</name>
        <message>
            <source>PIN，已输 %1 位</source>
            <extracomment>a11y: PIN field, how many of 6 digits are typed</extracomment>
            <translation>PIN, %1 of 6</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::QueuePage</name>
        <message>
            <source>队列 / 同步</source>
            <extracomment>nav.queue</extracomment>
            <translation>Queue</translation>
        </message>
        <message>
            <source>队列长度（最近 1 小时，条）</source>
            <extracomment>q.chart</extracomment>
            <translation>Records waiting (last hour)</translation>
        </message>
        <message>
            <source>万一长时间不恢复</source>
            <extracomment>q.away.title</extracomment>
            <translation>If it lasts long</translation>
        </message>
        <message>
            <source>满 4 小时请告诉值班站长；站长可把队列导出到 U 盘，由中心补录。记录已加密，断电不丢。</source>
            <extracomment>q.away.text</extracomment>
            <translation>After 4 hours tell the supervisor, who can take the queue to the hub on a USB stick. Records are encrypted and survive a power cut.</translation>
        </message>
        <message>
            <source>培训，不联网</source>
            <extracomment>q.badge.training</extracomment>
            <translation>Training, no network</translation>
        </message>
        <message>
            <source>正在连接中心</source>
            <extracomment>q.badge.starting</extracomment>
            <translation>Connecting to the hub</translation>
        </message>
        <message>
            <source>正在上传</source>
            <extracomment>q.state.sending</extracomment>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>中心在线</source>
            <translation>Hub online</translation>
        </message>
        <message>
            <source>中心离线 %1</source>
            <extracomment>q.badge.offline: for how long</extracomment>
            <translation>Hub offline %1</translation>
        </message>
        <message>
            <source>不用操作</source>
            <extracomment>q.calm</extracomment>
            <translation>Nothing to do</translation>
        </message>
        <message>
            <source>培训模式不联网，记录只留在本机。</source>
            <extracomment>q.text.training</extracomment>
            <translation>Training has no network; records stay on this machine.</translation>
        </message>
        <message>
            <source>正在连接中心，连上后自动上传。</source>
            <extracomment>q.text.starting</extracomment>
            <translation>Connecting to the hub; uploads start by themselves.</translation>
        </message>
        <message>
            <source>全部已上传</source>
            <extracomment>q.empty</extracomment>
            <translation>All uploaded</translation>
        </message>
        <message>
            <source>中心在线，新办的会自动上传。</source>
            <extracomment>q.text.empty</extracomment>
            <translation>The hub is online; new records upload by themselves.</translation>
        </message>
        <message>
            <source>照常办理，每条由中心逐条确认。</source>
            <translation>Work as usual; the hub confirms each record.</translation>
        </message>
        <message>
            <source>请通知管理员</source>
            <extracomment>q.administrator</extracomment>
            <translation>Tell the administrator</translation>
        </message>
        <message>
            <source>照常办理，联网后自动上传。</source>
            <extracomment>q.calm.text</extracomment>
            <translation>Work as usual; uploads when back online.</translation>
        </message>
        <message>
            <source>待上传</source>
            <extracomment>q.waiting</extracomment>
            <translation>To upload</translation>
        </message>
        <message numerus="yes">
            <source>%n 条</source>
            <extracomment>q.records</extracomment>
            <translation>
                <numerusform>%n record</numerusform>
                <numerusform>%n records</numerusform>
            </translation>
        </message>
        <message>
            <source>最早一条</source>
            <extracomment>q.oldest</extracomment>
            <translation>Oldest</translation>
        </message>
        <message>
            <source>下次自动重试</source>
            <extracomment>q.next</extracomment>
            <translation>Next try</translation>
        </message>
        <message>
            <source>%1后</source>
            <translation>in %1</translation>
        </message>
        <message>
            <source>现在</source>
            <extracomment>q.now</extracomment>
            <translation>now</translation>
        </message>
        <message>
            <source>上次成功</source>
            <extracomment>q.last</extracomment>
            <translation>Last success</translation>
        </message>
        <message>
            <source>本机可存</source>
            <extracomment>q.room</extracomment>
            <translation>Room here</translation>
        </message>
        <message>
            <source>还能存 %1 条</source>
            <translation>%1 records left</translation>
        </message>
        <message numerus="yes">
            <source>已写到 U 盘，%n 条：%1。请交给中心补录，回执拿回来再导入。</source>
            <extracomment>q.exported: a file name</extracomment>
            <translation>
                <numerusform>%n record written to the USB stick: %1. Take it to the hub and bring the receipts back.</numerusform>
                <numerusform>%n records written to the USB stick: %1. Take it to the hub and bring the receipts back.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>已按回执结清 %n 条。</source>
            <translation>
                <numerusform>%n record settled by receipts.</numerusform>
                <numerusform>%n records settled by receipts.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>有 %n 条被中心退回，在待处理里。</source>
            <extracomment>q.attention</extracomment>
            <translation>
                <numerusform>The hub returned %n record; it stands under To fix.</numerusform>
                <numerusform>The hub returned %n records; they stand under To fix.</numerusform>
            </translation>
        </message>
        <message>
            <source>看待处理</source>
            <extracomment>nav.inbox</extracomment>
            <translation>Show</translation>
        </message>
        <message>
            <source>电脑时间不准，差 %1；记录按中心的时间算，请管理员校准。</source>
            <extracomment>q.clock: how far the clock of this machine is off</extracomment>
            <translation>The clock of this machine is off by %1; the hub&apos;s time counts for records. Ask the administrator to set it.</translation>
        </message>
        <message>
            <source>本机快存满了，请值班站长把队列导出到 U 盘。</source>
            <extracomment>q.full</extracomment>
            <translation>This machine is nearly full; ask the supervisor to export the queue to a USB stick.</translation>
        </message>
        <message>
            <source>返回办理</source>
            <extracomment>q.back</extracomment>
            <translation>Back to work</translation>
        </message>
        <message>
            <source>正在写 U 盘</source>
            <extracomment>q.export: only a supervisor may</extracomment>
            <translation>Writing to USB</translation>
        </message>
        <message>
            <source>导出到 U 盘（站长）</source>
            <translation>To USB (supervisor)</translation>
        </message>
        <message>
            <source>导入回执</source>
            <extracomment>q.receipts</extracomment>
            <translation>Import receipts</translation>
        </message>
        <message>
            <source>正在重试</source>
            <extracomment>q.retrying</extracomment>
            <translation>Trying</translation>
        </message>
        <message>
            <source>现在上传</source>
            <translation>Upload now</translation>
        </message>
        <message>
            <source>现在重试</source>
            <translation>Retry now</translation>
        </message>
        <message>
            <source>正在打印回执</source>
            <extracomment>btn.receipt.printing</extracomment>
            <translation>Printing the receipt</translation>
        </message>
        <message>
            <source>回执已打印。</source>
            <extracomment>q.printed</extracomment>
            <translation>The receipt is printed.</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::QueueSteps</name>
        <message>
            <source>中心离线 →</source>
            <extracomment>q.away, an arrow points to the hatched part of the chart</extracomment>
            <translation>Hub offline →</translation>
        </message>
        <message>
            <source>队列长度（最近 1 小时，条）</source>
            <extracomment>q.chart</extracomment>
            <translation>Records waiting (last hour)</translation>
        </message>
        <message>
            <source>现在 %1 条，最多 %2 条</source>
            <extracomment>a11y: the chart in one sentence</extracomment>
            <translation>%1 now, %2 at most</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::QueueTable</name>
        <message>
            <source>已上传</source>
            <extracomment>q.state.accepted</extracomment>
            <translation>Uploaded</translation>
        </message>
        <message>
            <source>待处理</source>
            <extracomment>q.state.attention</extracomment>
            <translation>To fix</translation>
        </message>
        <message>
            <source>正在上传</source>
            <extracomment>q.state.sending</extracomment>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>待上传</source>
            <extracomment>q.state.queued</extracomment>
            <translation>To upload</translation>
        </message>
        <message>
            <source>首次充值登记</source>
            <extracomment>q.kind.topup</extracomment>
            <translation>First top-up</translation>
        </message>
        <message>
            <source>解绑</source>
            <extracomment>q.kind.unlink</extracomment>
            <translation>Unlink</translation>
        </message>
        <message>
            <source>换卡</source>
            <extracomment>q.kind.replace</extracomment>
            <translation>Swap</translation>
        </message>
        <message>
            <source>撤销</source>
            <extracomment>q.kind.revoke</extracomment>
            <translation>Undo</translation>
        </message>
        <message>
            <source>升级</source>
            <extracomment>q.kind.link</extracomment>
            <translation>Upgrade</translation>
        </message>
        <message>
            <source>时间</source>
            <extracomment>q.columns</extracomment>
            <translation>Time</translation>
        </message>
        <message>
            <source>卡号尾 4 位</source>
            <translation>Card ending</translation>
        </message>
        <message>
            <source>业务</source>
            <translation>Kind</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>已试次数</source>
            <translation>Tries</translation>
        </message>
        <message>
            <source>本机还没有记录</source>
            <extracomment>q.none</extracomment>
            <translation>No records here yet</translation>
        </message>
        <message numerus="yes">
            <source>还有 %n 条更早的</source>
            <extracomment>q.more</extracomment>
            <translation>
                <numerusform>%n older record</numerusform>
                <numerusform>%n older records</numerusform>
            </translation>
        </message>
        <message>
            <source>最近的记录</source>
            <extracomment>q.table</extracomment>
            <translation>Latest records</translation>
        </message>
        <message>
            <source>打印</source>
            <extracomment>q.print: the receipt of this row</extracomment>
            <translation>Print</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::RailButton</name>
        <message numerus="yes">
            <source>%1，%n 条</source>
            <extracomment>a11y: a task and how many things wait there</extracomment>
            <translation>
                <numerusform>%1, %n</numerusform>
                <numerusform>%1, %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::RecentList</name>
        <message>
            <source>已升级</source>
            <extracomment>state.done</extracomment>
            <translation>Upgraded</translation>
        </message>
        <message>
            <source>待处理</source>
            <extracomment>nav.inbox</extracomment>
            <translation>To fix</translation>
        </message>
        <message>
            <source>待上传</source>
            <extracomment>state.queued</extracomment>
            <translation>To upload</translation>
        </message>
        <message>
            <source>最近办理</source>
            <extracomment>shift.recent</extracomment>
            <translation>Recent</translation>
        </message>
        <message>
            <source>本班还没有记录</source>
            <extracomment>rp.empty</extracomment>
            <translation>No records this shift</translation>
        </message>
        <message>
            <source>已撤销</source>
            <extracomment>state.revoked</extracomment>
            <translation>Undone</translation>
        </message>
        <message>
            <source>撤销</source>
            <extracomment>btn.undo</extracomment>
            <translation>Undo</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::Rejections</name>
        <message>
            <source>和这条记录之前一样</source>
            <extracomment>ix.gate.same: the refused record changed nothing</extracomment>
            <translation>As before this record</translation>
        </message>
        <message>
            <source>按另一位持卡人的健康信息放行</source>
            <extracomment>ix.gate.other</extracomment>
            <translation>Goes by the health information of the other holder</translation>
        </message>
        <message>
            <source>提示「%1」</source>
            <extracomment>ix.gate: the sentence on the gate, always in Chinese</extracomment>
            <translation>Says 「%1」</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::SayPanel</name>
        <message>
            <source>对乘客说</source>
            <extracomment>side.say</extracomment>
            <translation>Say to the passenger</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::ShelfPanel</name>
        <message>
            <source>展开</source>
            <extracomment>shelf.fold / shelf.unfold</extracomment>
            <translation>Unfold</translation>
        </message>
        <message>
            <source>收起</source>
            <translation>Fold</translation>
        </message>
        <message>
            <source>培训卡架</source>
            <extracomment>shelf.title</extracomment>
            <translation>Training shelf</translation>
        </message>
        <message>
            <source>点一张虚拟卡，放上读卡器</source>
            <extracomment>a11y: what the shelf is for</extracomment>
            <translation>Choose a virtual card to put it on the reader</translation>
        </message>
        <message>
            <source>读到一半</source>
            <extracomment>shelf.tear: a card that is taken away in the middle of the reading</extracomment>
            <translation>Torn</translation>
        </message>
        <message>
            <source>插回读卡器</source>
            <extracomment>shelf.plug / shelf.unplug: the cable of the reader</extracomment>
            <translation>Plug in</translation>
        </message>
        <message>
            <source>拔下读卡器</source>
            <translation>Unplug</translation>
        </message>
        <message>
            <source>放一张虚拟卡</source>
            <extracomment>help.shelf: Ctrl and a number put one of the virtual cards on the reader</extracomment>
            <translation>Tap a virtual card</translation>
        </message>
        <message>
            <source>放一张虚拟证件</source>
            <extracomment>help.shelf.document: the next of the virtual documents</extracomment>
            <translation>place a virtual ID</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::StartTrouble</name>
        <message>
            <source>票务升级服务台</source>
            <extracomment>app.title</extracomment>
            <translation>Ticket upgrade desk</translation>
        </message>
        <message>
            <source>现在不能开始</source>
            <translation>Cannot start now</translation>
        </message>
        <message>
            <source>结束</source>
            <extracomment>btn.end</extracomment>
            <translation>End</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::StateBadge</name>
        <message>
            <source>未升级</source>
            <extracomment>state.new</extracomment>
            <translation>Not upgraded</translation>
        </message>
        <message>
            <source>已升级</source>
            <extracomment>state.done</extracomment>
            <translation>Upgraded</translation>
        </message>
        <message>
            <source>免升级</source>
            <extracomment>state.free</extracomment>
            <translation>Exempt</translation>
        </message>
        <message>
            <source>非本系统</source>
            <extracomment>state.foreign</extracomment>
            <translation>Not in this system</translation>
        </message>
        <message>
            <source>请在 App 办理</source>
            <extracomment>state of a card that can be linked in an app only</extracomment>
            <translation>Use the app</translation>
        </message>
        <message>
            <source>不能办理</source>
            <extracomment>state of a card the catalogue refuses</extracomment>
            <translation>Not possible</translation>
        </message>
        <message>
            <source>待补查</source>
            <extracomment>state.pend</extracomment>
            <translation>To be checked</translation>
        </message>
        <message>
            <source>待上传</source>
            <extracomment>done: saved, waits for the upload</extracomment>
            <translation>To upload</translation>
        </message>
        <message>
            <source>需要注意</source>
            <extracomment>the card was read twice with different results</extracomment>
            <translation>Attention</translation>
        </message>
        <message>
            <source>可以进站</source>
            <extracomment>health: 0, 1 or 2 days</extracomment>
            <translation>May enter</translation>
        </message>
        <message>
            <source>今天不能进站</source>
            <extracomment>health: anything else</extracomment>
            <translation>Not today</translation>
        </message>
        <message>
            <source>状态</source>
            <extracomment>a11y name of the state badge</extracomment>
            <translation>Status</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::StepPage</name>
        <message>
            <source>上一步</source>
            <extracomment>btn.back</extracomment>
            <translation>Back</translation>
        </message>
        <message>
            <source>结束</source>
            <extracomment>btn.end</extracomment>
            <translation>End</translation>
        </message>
        <message>
            <source>下一位</source>
            <extracomment>card.next</extracomment>
            <translation>Next</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::Stepper</name>
        <message>
            <source>卡片</source>
            <extracomment>step.1</extracomment>
            <translation>Card</translation>
        </message>
        <message>
            <source>证件</source>
            <extracomment>step.2</extracomment>
            <translation>ID</translation>
        </message>
        <message>
            <source>告知与授权</source>
            <extracomment>step.3</extracomment>
            <translation>Consent</translation>
        </message>
        <message>
            <source>健康状态</source>
            <extracomment>step.4</extracomment>
            <translation>Health</translation>
        </message>
        <message>
            <source>确认</source>
            <extracomment>step.5</extracomment>
            <translation>Confirm</translation>
        </message>
        <message>
            <source>步骤</source>
            <extracomment>a11y name of the stepper</extracomment>
            <translation>Steps</translation>
        </message>
        <message>
            <source>第 %1 步，共 %2 步，%3</source>
            <extracomment>a11y: step %1 of %2, name %3</extracomment>
            <translation>Step %1 of %2, %3</translation>
        </message>
        <message>
            <source>%1 待补查</source>
            <extracomment>a11y: a step that is done, and one whose result is still to come</extracomment>
            <translation>%1 to be checked</translation>
        </message>
        <message>
            <source>%1 已完成</source>
            <translation>%1 done</translation>
        </message>
        <message>
            <source>；</source>
            <translation>; </translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::StoreFullPage</name>
        <message>
            <source>再试一次</source>
            <extracomment>btn.retry</extracomment>
            <translation>Try again</translation>
        </message>
        <message>
            <source>请先停下</source>
            <extracomment>err.disk.title</extracomment>
            <translation>Stop here first</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::TaskRail</name>
        <message>
            <source>票务升级服务台</source>
            <extracomment>app.title</extracomment>
            <translation>Ticket upgrade</translation>
        </message>
        <message>
            <source>任务</source>
            <extracomment>a11y name of the task rail</extracomment>
            <translation>Tasks</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::TouchKeypad</name>
        <message>
            <source>清空</source>
            <extracomment>lk.clear</extracomment>
            <translation>Clear</translation>
        </message>
        <message>
            <source>退格</source>
            <extracomment>keypad: deletes the last digit</extracomment>
            <translation>Delete</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::UndoPanel</name>
        <message>
            <source>办错了？</source>
            <extracomment>undo.wrong</extracomment>
            <translation>Mistake?</translation>
        </message>
        <message numerus="yes">
            <source>%n 分钟内可撤销</source>
            <extracomment>undo.within</extracomment>
            <translation>
                <numerusform>For %n minute</numerusform>
                <numerusform>For %n minutes</numerusform>
            </translation>
        </message>
        <message>
            <source>撤销</source>
            <extracomment>btn.undo</extracomment>
            <translation>Undo</translation>
        </message>
    </context>
    <context>
        <name>upgradedesk::Words</name>
        <message>
            <source>zh_CN</source>
            <extracomment>The key of the language of this translation: zh_CN or en</extracomment>
            <translation>en</translation>
        </message>
        <message>
            <source>没有认出的卡</source>
            <extracomment>card.kind.unknown</extracomment>
            <translation>Unknown card</translation>
        </message>
        <message>
            <source>手机</source>
            <extracomment>idle.medium.phone</extracomment>
            <translation>Phone</translation>
        </message>
        <message>
            <source>手环</source>
            <extracomment>idle.medium.band</extracomment>
            <translation>Wristband</translation>
        </message>
        <message>
            <source>纪念票</source>
            <extracomment>idle.medium.ticket</extracomment>
            <translation>Ticket</translation>
        </message>
        <message>
            <source>实体卡</source>
            <extracomment>idle.medium.card</extracomment>
            <translation>Card</translation>
        </message>
        <message>
            <source>·</source>
            <extracomment>between station, gate and desk</extracomment>
            <translation> · </translation>
        </message>
        <message numerus="yes">
            <source>%n 秒</source>
            <extracomment>span.seconds</extracomment>
            <translation>
                <numerusform>%n s</numerusform>
                <numerusform>%n s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n 分钟</source>
            <extracomment>span.minutes</extracomment>
            <translation>
                <numerusform>%n min</numerusform>
                <numerusform>%n min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n 小时</source>
            <extracomment>span.hours</extracomment>
            <translation>
                <numerusform>%n hour</numerusform>
                <numerusform>%n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n 天</source>
            <extracomment>span.days</extracomment>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message>
            <source>刚才</source>
            <extracomment>ago.now</extracomment>
            <translation>just now</translation>
        </message>
        <message>
            <source>%1前</source>
            <extracomment>ago: a span of time</extracomment>
            <translation>%1 ago</translation>
        </message>
        <message>
            <source>回执没打出来，升级已完成。%1</source>
            <extracomment>err.printer: a sentence that says why</extracomment>
            <translation>Receipt not printed; the upgrade is complete. %1</translation>
        </message>
        <message>
            <source>回执没打出来。%1</source>
            <extracomment>err.printer.only: a sentence that says why</extracomment>
            <translation>Receipt not printed. %1</translation>
        </message>
    </context>
</TS>
